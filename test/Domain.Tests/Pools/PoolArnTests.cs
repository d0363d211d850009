using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class PoolArnTests
{
    private static readonly Deployment Here = new("eu-west-1", "123456789012");

    [Theory]
    [InlineData("eu-west-1_Ab1Cd2Ef3")]
    [InlineData("us-gov-east-1_Ab1Cd2Ef3")]
    public void The_arn_of_a_pool_leads_to_its_id(string id) =>
        Assert.Equal(id, PoolArn.IdIn(Here.PoolArn(id), Here));

    // A policy speaks of the one form; another that led to the same pool would pass it by.
    [Theory]
    [InlineData("arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_Ab1Cd2Ef3")]
    [InlineData("arn:aws:cognito-idp:us-east-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3")]
    [InlineData("arn:aws-cn:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3")]
    public void Pools_of_elsewhere_do_not_exist_here(string arn) => Assert.Equal(
        "ResourceNotFoundException: User pool eu-west-1_Ab1Cd2Ef3 does not exist.",
        Shapes.Refusal(() => PoolArn.IdIn(arn, Here)));

    [Theory]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3/client/abc")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3:x")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3\n")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/*")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:123456789012:UserPool/eu-west-1_Ab1Cd2Ef3")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:1234567890:userpool/eu-west-1_Ab1Cd2Ef3")]
    [InlineData("arn:aws:cognito-idp::123456789012:userpool/eu-west-1_Ab1Cd2Ef3")]
    [InlineData("arn:aws:cognito-identity:eu-west-1:123456789012:identitypool/eu-west-1:0000")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3")]
    [InlineData(" arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab1Cd2Ef3")]
    public void Whatever_is_no_pool_is_no_parameter(string arn) => Assert.Equal(
        $"InvalidParameterException: {arn} is not the ARN of a user pool.",
        Shapes.Refusal(() => PoolArn.IdIn(arn, Here)));
}
