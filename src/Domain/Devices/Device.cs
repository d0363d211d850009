using Lifeguard.Contract;

namespace Lifeguard.Domain.Devices;

/// <summary>
/// A device that a user has signed in on. A sign-in makes it known, ConfirmDevice gives it a secret of its
/// own, and once it is remembered that secret is asked for at sign-in. Immutable, as users are.
/// </summary>
public sealed record Device
{
    /// <summary>Longest key (doc).</summary>
    public const int MaxKeyLength = 55;

    private const string GroupAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public required string PoolId { get; init; }

    /// <summary>Whose device it is.</summary>
    public required string Sub { get; init; }

    /// <summary><c>region_uuid</c>; never given to another device.</summary>
    public required string Key { get; init; }

    /// <summary>What SRP hashes where it hashes the pool's name for users.</summary>
    public required string GroupKey { get; init; }

    /// <summary>What the client calls it; null for nothing.</summary>
    public string? Name { get; init; }

    /// <summary>Where the last sign-in on it came from.</summary>
    public required string LastIpAddress { get; init; }

    /// <summary>Null until the device is confirmed.</summary>
    public DeviceSecret? Secret { get; init; }

    public bool IsRemembered { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The last sign-in on it.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>Rises with every stored change but the notes of a sign-in; guards against lost
    /// updates.</summary>
    public long Version { get; init; }

    /// <summary>Is it asked for its secret at sign-in?</summary>
    public bool CanProve => IsRemembered && Secret is not null;

    /// <summary>A device that nobody knew, at the end of a sign-in on it.</summary>
    public static Device Issue(
        UserPool pool, User user, string ipAddress, RandomSource random, DateTimeOffset now) => new()
        {
            PoolId = pool.Id,
            Sub = user.Sub,
            Key = $"{pool.Region}_{random.Id()}",
            GroupKey = "-" + random.Text(8, GroupAlphabet),
            LastIpAddress = ipAddress,
            CreatedAt = now,
            ModifiedAt = now,
            AuthenticatedAt = now,
            Version = 1,
        };

    /// <summary>With a secret of its own. It is remembered at once, unless the pool leaves that to the user
    /// (doc).</summary>
    /// <exception cref="ApiException">DeviceKeyExistsException: it has one already.</exception>
    public Device Confirm(UserPool pool, string? name, DeviceSecret secret, DateTimeOffset now) =>
        Secret is not null
            ? throw DeviceRefusals.AlreadyConfirmed()
            : this with
            {
                Name = name,
                Secret = secret,
                IsRemembered = IsRemembered || !pool.AsksToRememberDevices,
                ModifiedAt = now,
            };

    /// <summary>Remembered or not, as the user or an administrator says.</summary>
    /// <exception cref="ApiException">InvalidParameterException: nothing is said.</exception>
    public Device Remember(string? status, DateTimeOffset now) => status is null
        ? throw DeviceRefusals.NoStatus()
        : this with { IsRemembered = status == DeviceRememberedStatusType.Remembered, ModifiedAt = now };

    /// <summary>As the user sees it.</summary>
    public DeviceType Describe() => Describe([Status, .. Named, LastIp]);

    /// <summary>As administrators see it (observed).</summary>
    public DeviceType DescribeToAdministrator(User owner, Deployment deployment)
    {
        var ownerName = $"{owner.Username}.{PoolId}";
        var region = UserPool.RegionOf(PoolId);
        var arn = $"arn:aws:cognito-idp:{region}:{deployment.AccountId}:owner/{ownerName}/device/{Key}";
        return Describe(
        [
            Status,
            .. Named,
            Attribute("dev:device_arn", arn),
            Attribute("dev:device_owner", ownerName),
            LastIp,
            Attribute(
                "dev:device_remembered_status",
                IsRemembered
                    ? DeviceRememberedStatusType.Remembered
                    : DeviceRememberedStatusType.NotRemembered),
            Attribute("dev:device_sdk", "aws-sdk"),
        ]);
    }

    private static AttributeType Status => Attribute("device_status", "valid");

    private AttributeType LastIp => Attribute("last_ip_used", LastIpAddress);

    private AttributeType[] Named => Name is { } name ? [Attribute("device_name", name)] : [];

    private DeviceType Describe(IReadOnlyList<AttributeType> attributes) => new()
    {
        DeviceKey = Key,
        DeviceAttributes = attributes,
        DeviceCreateDate = CreatedAt,
        DeviceLastModifiedDate = ModifiedAt,
        // In whole seconds (observed).
        DeviceLastAuthenticatedDate = DateTimeOffset.FromUnixTimeSeconds(AuthenticatedAt.ToUnixTimeSeconds()),
    };

    private static AttributeType Attribute(string name, string value) => new() { Name = name, Value = value };

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"Device {Key}";
}

/// <summary>What the server keeps of a device's password, which the device has made up itself.</summary>
public sealed record DeviceSecret(byte[] Salt, byte[] Verifier)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(DeviceSecret);
}
