namespace Lifeguard.Load;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>Explains the command line.</summary>
    public const string Usage = """
        Measures a running server against floors that are measured in the same run; see bench/README.md.

          --seconds N        length of each measurement (5)
          --concurrency N    calls under way at a time (8)
          --only TEXT        only operations with TEXT in their name, and what they need
          --database TEXT    an Npgsql connection string that may create databases; without it a SQLite file
          --server PATH      another server than the JIT build: a native binary, or a lifeguard.dll
          --starts N         how often the start is measured (5); 0 for not at all
          --scale N          instead: latencies with N users (200000) against those with 10,000
          --timing N         instead: answers to N known names against those to N unknown ones
          --triggers N       instead: calls while N sign-ups (200) wait for a slow trigger, against quiet ones
          --folder DIR       where database files are made (artifacts/bench)
          --quick            everything, but briefly: about two minutes
        """;

    private const int FewUsers = 10_000;
    private const int ManySignUps = 200;

    public double Seconds { get; init; } = 5;

    public int Concurrency { get; init; } = 8;

    public string Only { get; init; } = "";

    /// <summary>Null for a SQLite file.</summary>
    public string? Postgres { get; init; }

    /// <summary>Null for the JIT build beside this program.</summary>
    public string? Server { get; init; }

    public int Starts { get; init; } = 5;

    /// <summary>Users of the large pool; 0 where sizes are not compared.</summary>
    public int Scale { get; init; }

    /// <summary>Calls for known, and for unknown names; 0 where their times are not compared.</summary>
    public int Timing { get; init; }

    /// <summary>Sign-ups that wait for a trigger; 0 where that is not measured.</summary>
    public int Triggers { get; init; }

    public string Folder { get; init; } = Path.Combine("artifacts", "bench");

    /// <summary>How long a floor is measured before, and again after, what it belongs to.</summary>
    public double FloorSeconds => Math.Max(0.5, Seconds / 4);

    /// <summary>The options; null where they cannot be understood.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--quick")
            {
                options = options with { Seconds = 1.5, Starts = 3 };
                continue;
            }

            var value = at + 1 < arguments.Count ? arguments[at + 1] : "";
            var isNumber = double.TryParse(value, out var number) && number >= 0;
            if (arguments[at] == "--scale" && !isNumber)
            {
                options = options with { Scale = 20 * FewUsers };
                continue;
            }

            if (arguments[at] == "--triggers" && !isNumber)
            {
                options = options with { Triggers = ManySignUps };
                continue;
            }

            if (With(options, arguments[at], value, isNumber, number) is not { } changed) return null;
            options = changed;
            at++;
        }

        return options;
    }

    private static Options? With(Options options, string name, string value, bool isNumber, double number) =>
        name switch
        {
            "--seconds" when isNumber && number > 0 => options with { Seconds = number },
            "--concurrency" when isNumber && number >= 1 => options with { Concurrency = (int)number },
            "--starts" when isNumber => options with { Starts = (int)number },
            "--scale" when isNumber => options with { Scale = (int)number },
            "--triggers" when isNumber => options with { Triggers = (int)number },
            "--timing" when isNumber => options with { Timing = (int)number },
            "--only" => options with { Only = value },
            "--database" when value.Length > 0 => options with { Postgres = value },
            "--server" when File.Exists(value) => options with { Server = Path.GetFullPath(value) },
            "--folder" when value.Length > 0 => options with { Folder = value },
            _ => null,
        };
}
