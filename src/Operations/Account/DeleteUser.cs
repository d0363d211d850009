using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Account;

/// <summary>A signed-in user deletes the own account for good, with everything that is kept of it. Name and
/// addresses are free again; the <c>sub</c> never returns.</summary>
public sealed class DeleteUser(Database database, UserStore users)
    : IUserOperation<DeleteUserRequest, NoContent>
{
    public async Task<NoContent> Execute(DeleteUserRequest request, SignedInUser user, Call call)
    {
        SignInGate.MustBeConfirmed(user.User);
        await database.Write(
            transaction => users.Delete(transaction, user.User, call.Cancelled), call.Cancelled);
        return NoContent.Instance;
    }
}
