using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Stores an update of a user's attributes. Each address or number that it leaves to be verified gets a code,
/// and codes that went to values of the past stop working.
/// </summary>
public sealed class UpdateContacts(
    Database database, UserStore users, IssueCode codes, CodeStore sent, HourlyLimits limits)
{
    /// <summary>Where codes went, in the order e-mail, phone.</summary>
    /// <param name="client">Null for calls by administrators, who may change as often as they like.</param>
    /// <exception cref="ApiException">AliasExistsException: another user has one of the values;
    /// TooManyRequestsException, or one of the three trigger errors.</exception>
    public async Task<IReadOnlyList<CodeDestination>> Store(
        UserPool pool,
        AppClient? client,
        ContactUpdate update,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        var isLimited = client is not null && update.ToVerify.Count > 0;
        if (isLimited)
            await limits.MustBeWithin(pool.Id, update.User.Sub, AttemptKind.AddressChange, call);
        var issued = await IssueCodes(pool, client, update, clientMetadata, call);
        try
        {
            await database.Write(
                async transaction =>
                {
                    await users.Update(transaction, update.User, pool, call.Cancelled);
                    await WriteCodes(transaction, update, issued, call);
                    if (!isLimited) return;
                    await limits.Count(
                        transaction, pool.Id, update.User.Sub, AttemptKind.AddressChange, call);
                },
                call.Cancelled);
        }
        catch (AliasTakenException taken)
        {
            throw Reject.AliasExists(taken.Kind, given: true);
        }

        return update.ToVerify;
    }

    private async Task<IReadOnlyList<IssuedCode>> IssueCodes(
        UserPool pool,
        AppClient? client,
        ContactUpdate update,
        IReadOnlyDictionary<string, string>? clientMetadata,
        Call call)
    {
        var issued = new List<IssuedCode>();
        foreach (var destination in update.ToVerify)
        {
            var request = new MessageRequest(
                pool, client, update.User, MessageSource.UpdateUserAttribute, destination, clientMetadata);
            issued.Add(await codes.Issue(request, ConfirmationCode.KindFor(destination.Attribute), call));
        }

        return issued;
    }

    private async Task WriteCodes(
        Transaction transaction, ContactUpdate update, IReadOnlyList<IssuedCode> issued, Call call)
    {
        foreach (var contact in update.Changed)
            await sent.DeleteOutdated(transaction, update.User, contact, call.Cancelled);
        foreach (var code in issued) await codes.Write(transaction, code, call);
    }
}
