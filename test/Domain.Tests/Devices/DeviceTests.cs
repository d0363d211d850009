using Lifeguard.Contract;
using Lifeguard.Domain.Devices;
using Xunit;

namespace Lifeguard.Domain.Tests.Devices;

/// <summary>What becomes of a device, and how it is shown.</summary>
public sealed class DeviceTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 6, 4, 5, 9, 750, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Then.AddMinutes(1);
    private static readonly DeviceSecret Secret = new([1], [2]);

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(true, null, false)]
    [InlineData(true, "remembered", true)]
    [InlineData(true, "not_remembered", false)]
    [InlineData(false, "not_remembered", true)]
    public void Confirming_remembers_it_unless_the_user_is_asked(bool asks, string? before, bool expected)
    {
        var device = Issued();
        if (before is not null) device = device.Remember(before, Then);
        Assert.False(device.CanProve);

        var confirmed = device.Confirm(Pool(asks), "phone", Secret, Later);

        Assert.Equal((expected, expected), (confirmed.IsRemembered, confirmed.CanProve));
        Assert.Equal(("phone", Later, Then), (confirmed.Name, confirmed.ModifiedAt, confirmed.CreatedAt));
    }

    [Fact]
    public void It_is_confirmed_once()
    {
        var confirmed = Issued().Confirm(Pool(), null, Secret, Later);

        var refusal = Assert.Throws<ApiException>(() => confirmed.Confirm(Pool(), null, Secret, Later));

        Assert.Equal("DeviceKeyExistsException", refusal.Code);
    }

    [Fact]
    public void Remembering_is_a_change_and_needs_a_word()
    {
        var device = Issued().Remember("remembered", Later);

        Assert.Equal((true, Later, Then), (device.IsRemembered, device.ModifiedAt, device.AuthenticatedAt));
        Assert.False(device.Remember("not_remembered", Later).IsRemembered);
        Assert.Throws<ApiException>(() => device.Remember(null, Later));
    }

    [Fact]
    public void Only_administrators_see_whose_it_is_and_whether_it_is_remembered()
    {
        var device = Issued();
        var owner = Owner();

        string[] seen = ["device_status=valid", "last_ip_used=192.0.2.1"];
        Assert.Equal(seen, Shown(device.Describe()));
        var arn = "arn:aws:cognito-idp:eu-west-1:123456789012:owner/ana.eu-west-1_Pool00001/device/"
            + device.Key;
        Assert.Equal(
            [
                "device_status=valid", "device_name=phone", $"dev:device_arn={arn}",
                "dev:device_owner=ana.eu-west-1_Pool00001", "last_ip_used=192.0.2.1",
                "dev:device_remembered_status=remembered", "dev:device_sdk=aws-sdk",
            ],
            Shown(device.Confirm(Pool(), "phone", Secret, Later)
                .DescribeToAdministrator(owner, new("us-east-1", "123456789012"))));
        Assert.Equal(Then, device.Describe().DeviceCreateDate);
        Assert.Equal(Then.AddMilliseconds(-750), device.Describe().DeviceLastAuthenticatedDate);
    }

    [Fact]
    public void It_never_prints_what_it_holds()
    {
        var confirmed = Issued().Confirm(Pool(), "phone", Secret, Later);

        Assert.Equal($"Device {confirmed.Key}", confirmed.ToString());
        Assert.Equal("DeviceSecret", confirmed.Secret!.ToString());
    }

    private static IEnumerable<string> Shown(DeviceType device) =>
        device.DeviceAttributes!.Select(each => $"{each.Name}={each.Value}");

    private static Device Issued() => new()
    {
        PoolId = Pool().Id,
        Sub = "sub",
        Key = "eu-west-1_0195686f-0d08-4000-8000-000000000000",
        GroupKey = "-abcdefgh",
        LastIpAddress = "192.0.2.1",
        CreatedAt = Then,
        ModifiedAt = Then,
        AuthenticatedAt = Then,
    };

    private static User Owner() => new()
    {
        PoolId = Pool().Id,
        Sub = "sub",
        Username = "ana",
        Status = UserStatusType.Confirmed,
        CreatedAt = Then,
        ModifiedAt = Then,
    };

    private static UserPool Pool(bool asks = false) => new()
    {
        Id = "eu-west-1_Pool00001",
        Settings = new() { DeviceConfiguration = new() { DeviceOnlyRememberedOnUserPrompt = asks } },
        CreatedAt = Then,
        ModifiedAt = Then,
    };
}
