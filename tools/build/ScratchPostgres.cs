using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Lifeguard.Build;

/// <summary>A PostgreSQL server of its own folder and port, gone when it is disposed.</summary>
internal sealed class ScratchPostgres : IDisposable
{
    private const string Unprivileged = "postgres";
    // Not every root has the folder of administrators' programs on PATH.
    private static readonly string Runuser = Repository.OnPath("runuser") ?? "/usr/sbin/runuser";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string folder;
    private readonly string programs;
    private bool gone;

    private ScratchPostgres(string programs)
    {
        this.programs = programs;
        // Not in the clone: the server runs as another user, who may not be let in there,
        // and the path of a Unix socket must stay below 108 bytes.
        folder = $"/var/tmp/lifeguard-pg-{Guid.NewGuid():n}";
    }

    /// <summary>What Npgsql connects with.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts a server, having installed one where root may; or says why not.</summary>
    public static bool TryStart(
        [NotNullWhen(true)] out ScratchPostgres? server, [NotNullWhen(false)] out string? why)
    {
        server = null;
        why = Programs() is null ? AptPackages.Install("postgresql") : null;
        if (why is not null)
        {
            return false;
        }

        if (Programs() is not { } programs)
        {
            why = "initdb and pg_ctl are neither on PATH nor in /usr/lib/postgresql";
            return false;
        }

        var scratch = new ScratchPostgres(programs);
        why = scratch.Start();
        if (why is not null)
        {
            scratch.Dispose();
            return false;
        }

        server = scratch;
        return true;
    }

    /// <summary>Stops the server and deletes its data; safe to call twice.</summary>
    public void Dispose()
    {
        if (gone)
        {
            return;
        }

        gone = true;
        AsOwner("pg_ctl", "-D", folder, "-m", "immediate", "stop");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The folder of the newest installed server, or of the one on PATH.</summary>
    private static string? Programs()
    {
        const string Debian = "/usr/lib/postgresql";
        var newest = !Directory.Exists(Debian) ? null : Directory.GetDirectories(Debian)
            .Where(version => File.Exists(Path.Combine(version, "bin", "initdb")))
            .MaxBy(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0);
        return newest is not null
            ? Path.Combine(newest, "bin")
            : Path.GetDirectoryName(Repository.OnPath("initdb"));
    }

    private string? Start()
    {
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            Shell.Quietly("chown", [Unprivileged, folder], Patience);
        }

        var created = AsOwner("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N");
        if (!created.Succeeded)
        {
            return $"initdb failed: {created.Output}";
        }

        var port = FreePort();
        // Its data end with the run: to wait for the disk would be for a loss of power in the middle of it.
        var options = $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} "
            + "-c max_connections=200 -c fsync=off -c full_page_writes=off";
        var log = Path.Combine(folder, "server.log");
        var started = AsOwner("pg_ctl", "-D", folder, "-w", "-l", log, "-o", options, "start");
        if (!started.Succeeded)
        {
            return $"the server did not start: {(File.Exists(log) ? File.ReadAllText(log) : started.Output)}";
        }

        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        return null;
    }

    /// <summary>PostgreSQL refuses to run as root, so root hands it to the user of its package.</summary>
    private (bool Succeeded, string Output) AsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(programs, program);
        return Environment.IsPrivilegedProcess
            ? Shell.Quietly(Runuser, ["-u", Unprivileged, "--", path, .. arguments], Patience)
            : Shell.Quietly(path, arguments, Patience);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
