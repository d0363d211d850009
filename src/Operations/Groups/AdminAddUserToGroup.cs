using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Groups;

/// <summary>Puts a user into a group; tokens show it from the next sign-in or refresh on. Repeating it is
/// allowed.</summary>
public sealed class AdminAddUserToGroup(
    Database database, PoolStore pools, ResolveUser resolve, UserStore users, GroupStore groups)
    : IAdminOperation<AdminAddUserToGroupRequest, NoContent>
{
    public async Task<NoContent> Execute(AdminAddUserToGroupRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await resolve.Get(pool, request.Username, call.Cancelled);
        var group = await groups.Get(pool.Id, request.GroupName, call.Cancelled);
        // Many applications add a user at each sign-in, which need not cost a commit.
        if (await groups.HasMember(group, user.Sub, call.Cancelled)) return NoContent.Instance;

        await database.Write(
            async transaction =>
            {
                if (!await users.Hold(transaction, pool.Id, user.Sub, call.Cancelled))
                    throw Reject.UserNotFound();
                await groups.AddMember(transaction, group, user.Sub, call.Cancelled);
                if (await groups.CountOf(transaction, pool.Id, user.Sub, call.Cancelled)
                    > GroupRules.MaxGroupsOfUser)
                {
                    throw GroupRules.TooManyOfUser();
                }
            },
            call.Cancelled);

        return NoContent.Instance;
    }
}
