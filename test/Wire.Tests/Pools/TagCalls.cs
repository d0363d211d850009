using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Pools;

/// <summary>Calls about tags, in one line each.</summary>
internal static class TagCalls
{
    public const string Prefix = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/";

    public static string Arn(this TestPool pool) => Prefix + pool.Id;

    public static Task<Answer> Tag(this World world, string arn, params (string Key, string Value)[] tags) =>
        world.Call(
            "TagResource",
            new { ResourceArn = arn, Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value) });

    public static Task<Answer> Untag(this World world, string arn, params string[] keys) =>
        world.Call("UntagResource", new { ResourceArn = arn, TagKeys = keys });

    public static Task<Answer> Tags(this World world, string arn) =>
        world.Call("ListTagsForResource", new { ResourceArn = arn });

    /// <summary>The tags as <c>key=value</c>, sorted.</summary>
    public static async Task<string> TagsOf(this World world, TestPool pool) => string.Join(
        ';',
        (await world.Tags(pool.Arn()))["Tags"]!.AsObject()
            .Select(tag => $"{tag.Key}={tag.Value}")
            .Order(StringComparer.Ordinal));
}
