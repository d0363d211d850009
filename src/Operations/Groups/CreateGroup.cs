using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Creates a group without members.</summary>
public sealed class CreateGroup(Database database, PoolStore pools, GroupStore groups, RandomSource random)
    : IAdminOperation<CreateGroupRequest, CreateGroupResponse>
{
    public async Task<CreateGroupResponse> Execute(CreateGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var group = new Group
        {
            PoolId = pool.Id,
            Id = random.Id(),
            Name = request.GroupName,
            Description = request.Description,
            RoleArn = request.RoleArn,
            Precedence = request.Precedence,
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };

        await database.Write(
            async transaction =>
            {
                if (!await pools.Hold(transaction, pool.Id, call.Cancelled))
                    throw Reject.PoolNotFound(pool.Id);
                if (!await groups.Insert(transaction, group, call.Cancelled)) throw GroupRules.Exists();
                if (await groups.Count(transaction, pool.Id, call.Cancelled) > GroupRules.MaxGroups)
                    throw GroupRules.TooMany();
            },
            call.Cancelled);

        return new() { Group = group.Describe() };
    }
}
