using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class DeploymentTests
{
    [Fact]
    public void A_pool_keeps_the_region_of_its_id_in_its_arn() => Assert.Equal(
        "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Ab1Cd2Ef3",
        new Deployment().PoolArn("eu-west-1_Ab1Cd2Ef3"));

    [Fact]
    public void Callers_are_users_of_the_account() => Assert.Equal(
        "arn:aws:iam::123456789012:user/ana", new Deployment("eu-west-1", "123456789012").UserArn("ana"));
}
