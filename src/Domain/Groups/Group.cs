using Lifeguard.Contract;

namespace Lifeguard.Domain.Groups;

/// <summary>A group of a pool's users. Who is in it is not part of it.</summary>
public sealed record Group
{
    public required string PoolId { get; init; }

    /// <summary>Unlike the name, never given to another group.</summary>
    public required string Id { get; init; }

    /// <summary>Unique in the pool; upper and lower case differ (doc).</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The IAM role that members may take on.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The lower, the more important; null comes after every number (doc).</summary>
    public int? Precedence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>The group with new properties; those that are null stay as they are.</summary>
    public Group Change(string? description, string? roleArn, int? precedence, DateTimeOffset now) =>
        this with
        {
            Description = description ?? Description,
            RoleArn = roleArn ?? RoleArn,
            Precedence = precedence ?? Precedence,
            ModifiedAt = now,
        };

    /// <summary>The group as answers show it.</summary>
    public GroupType Describe() => new()
    {
        GroupName = Name,
        UserPoolId = PoolId,
        Description = Description,
        RoleArn = RoleArn,
        Precedence = Precedence,
        CreationDate = CreatedAt,
        LastModifiedDate = ModifiedAt,
    };
}
