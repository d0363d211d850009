using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Tests.Clients;

internal static class GivenClients
{
    public const string PoolId = "eu-west-1_Ab1Cd2Ef3";

    /// <summary>A pool with a required e-mail address, one custom and one developer-only attribute, and one
    /// scope of a resource server.</summary>
    public static readonly PoolOffer Pool = Offer("'Name':'p'");

    public static PoolOffer Offer(string poolMembers) => new(
        PoolId,
        PoolRules.New(
            Shapes.Read<UserPoolType>(
                "{" + poolMembers + ",'SchemaAttributes':[{'Name':'email','Required':true},"
                + "{'Name':'role','AttributeDataType':'String'},"
                + "{'Name':'note','AttributeDataType':'String','DeveloperOnlyAttribute':true}]}"),
            "eu-west-1"),
        new HashSet<string> { PoolOffer.OwnUsers },
        new HashSet<string>(PoolOffer.SystemScopes) { "api/read" });

    /// <summary>A new client; <paramref name="members"/> are those of the request, without braces.</summary>
    public static UserPoolClientType New(string members, bool hasSecret = false, PoolOffer? pool = null) =>
        ClientRules.New(Given(members), pool ?? Pool, hasSecret);

    public static UserPoolClientType Given(string members) =>
        Shapes.Read<UserPoolClientType>(
            "{'ClientName':'c'" + (members.Length > 0 ? "," : "") + members + "}");
}
