using Lifeguard.Contract;
using Lifeguard.Domain.Devices;

namespace Lifeguard.Domain.SignIns;

/// <summary>
/// What a sign-in under way has come to. It travels from step to step inside the sealed session, so nothing
/// of it is stored and nobody but this deployment can write it.
/// </summary>
public sealed record SignInProgress
{
    /// <summary>The <c>AuthFlow</c> it began with.</summary>
    public required string Flow { get; init; }

    /// <summary>It happens on the pages of a domain: it leads to no tokens, and the API does not take it
    /// over.</summary>
    public bool IsOnPages { get; init; }

    /// <summary>One per sign-in and the same in all its steps: the lineage of its sessions, and in the
    /// end the <c>event_id</c> of its tokens. The instant in it is the sign-in's beginning.</summary>
    public required string EventId { get; init; }

    /// <summary>What the user has proved, in order; names of <see cref="AuthMethods"/>.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Password, code as first factor, passkey, or the verdict of custom triggers.</summary>
    public bool HasFirstFactor { get; init; }

    /// <summary>The password is among what was proved.</summary>
    public bool HasPassword => Methods.Contains(AuthMethods.Password);

    public bool HasSecondFactor { get; init; }

    /// <summary>A temporary password was replaced on the way.</summary>
    public bool HasNewPassword { get; init; }

    /// <summary>The device that the client says it runs on; null for none.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>The device was proved to be the remembered one.</summary>
    public bool HasDevice { get; init; }

    /// <summary>The risk of the sign-in was looked at, which happens once.</summary>
    public bool IsWeighed { get; init; }

    /// <summary>The risk of the sign-in calls for a second factor, whatever the user has chosen.</summary>
    public bool AsksFactor { get; init; }

    /// <summary>The levels of authentication that were asked for, the one wanted most first; empty for any
    /// (see <see cref="StepUp"/>).</summary>
    public IReadOnlyList<int> AskedLevels { get; init; } = [];

    /// <summary>Challenges that custom triggers are told of, oldest first.</summary>
    public IReadOnlyList<PastChallenge> History { get; init; } = [];

    /// <summary>The pool's triggers say what comes next.</summary>
    public bool IsDefinedByTriggers => Flow == AuthFlowType.CustomAuth && !HasFirstFactor;

    public DateTimeOffset BeganAt => RandomSource.TimeOf(EventId)
        ?? throw new InvalidOperationException("The id of a sign-in holds its instant.");

    /// <summary>A sign-in of which nothing is proved yet.</summary>
    /// <param name="deviceKey">As the client sent it; what cannot be a key counts as none.</param>
    public static SignInProgress Begin(
        string flow, string? deviceKey, RandomSource random, DateTimeOffset now) => new()
        {
            Flow = flow,
            EventId = random.TimedId(now),
            DeviceKey = Plausible(deviceKey),
        };

    /// <summary>On the device that a later step names; the one named before where it names none.</summary>
    public SignInProgress On(string? deviceKey) => deviceKey is null || deviceKey == DeviceKey
        ? this
        : this with { DeviceKey = Plausible(deviceKey), HasDevice = false };

    /// <summary>With the proof that it runs on the remembered device.</summary>
    public SignInProgress WithDevice() => this with { HasDevice = true };

    /// <summary>With a challenge that the triggers are told of.</summary>
    public SignInProgress With(PastChallenge past) => this with { History = [.. History, past] };

    /// <summary>With the password proved, which alone lets nobody in where triggers decide.</summary>
    public SignInProgress WithProof(string method) => this with { Methods = [.. Methods, method] };

    /// <summary>With the triggers' verdict that the user is who they say.</summary>
    public SignInProgress WithVerdict() => this with { HasFirstFactor = true };

    public SignInProgress WithFirstFactor(string method) =>
        this with { HasFirstFactor = true, Methods = Adding(method, Methods.Any(each => each != method)) };

    /// <summary>With what an earlier sign-in has proved, as far as it counts for a level. A password lets it
    /// go on with the second factor; a second factor that the pool demands is proved anew.</summary>
    public SignInProgress WithCredit(IReadOnlyList<string> methods) => this with
    {
        HasFirstFactor = methods.Contains(AuthMethods.Password),
        Methods = methods,
    };

    /// <summary>With a second proof of another kind, which makes the sign-in multi-factor.</summary>
    public SignInProgress WithSecondFactor(string method) => this with
    {
        HasSecondFactor = true,
        Methods = Adding(method, isSeveral: true),
    };

    /// <summary>With one proof that is as good as two.</summary>
    public SignInProgress WithBothFactors(string method) => this with
    {
        HasFirstFactor = true,
        HasSecondFactor = true,
        Methods = Adding(method, isSeveral: true),
    };

    private IReadOnlyList<string> Adding(string method, bool isSeveral) =>
    [
        .. Methods.Where(each => each != method && each != AuthMethods.Several),
        method,
        .. isSeveral ? (string[])[AuthMethods.Several] : [],
    ];

    private static string? Plausible(string? deviceKey) =>
        deviceKey?.Length <= Device.MaxKeyLength ? deviceKey : null;

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"SignInProgress {EventId}";
}

/// <summary>A challenge that is over, as the define trigger sees it.</summary>
/// <param name="Passed">Was it answered well?</param>
/// <param name="Metadata">What the create trigger called it; null for nothing.</param>
public sealed record PastChallenge(string Name, bool Passed, string? Metadata);
