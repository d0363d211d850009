using Lifeguard.Domain;

namespace Lifeguard.Storage.Tests;

public sealed class CodeStoreTests
{
    private const string Pool = "eu-west-1_Plain0001";

    [Theory, EachDatabase]
    public async Task Of_many_answers_at_once_five_are_compared(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Replace(stores, Sample.Code("s"));

        var tries = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(
            () => stores.Codes.TakeTry(Pool, "s", CodeKind.Reset, Stores.Cancellation))));

        Assert.Equal(ConfirmationCode.MaxTries, tries.OfType<CodeTry.Taken>().Count());
        Assert.Equal(195, tries.OfType<CodeTry.Exhausted>().Count());
    }

    [Theory, EachDatabase]
    public async Task A_code_comes_back_as_it_was_stored_and_a_new_one_has_all_tries(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Replace(stores, Sample.Code("s"));
        for (var i = 0; i <= ConfirmationCode.MaxTries; i++)
            await stores.Codes.TakeTry(Pool, "s", CodeKind.Reset, Stores.Cancellation);
        var second = Sample.Code("s", first: 9);
        await Replace(stores, second);

        var taken = Assert.IsType<CodeTry.Taken>(
            await stores.Codes.TakeTry(Pool, "s", CodeKind.Reset, Stores.Cancellation));

        Assert.Equal(second.Hash, taken.Code.Hash);
        Assert.Equal(second with { Hash = [] }, taken.Code with { Hash = [] });
    }

    [Theory, EachDatabase]
    public async Task Codes_of_other_users_and_kinds_are_not_there(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        await Replace(stores, Sample.Code("s"));

        Assert.IsType<CodeTry.None>(
            await stores.Codes.TakeTry(Pool, "t", CodeKind.Reset, Stores.Cancellation));
        Assert.IsType<CodeTry.None>(
            await stores.Codes.TakeTry(Pool, "s", CodeKind.SignUp, Stores.Cancellation));
        Assert.Null(await stores.Codes.Find(Pool, "s", CodeKind.VerifyEmail, Stores.Cancellation));
        Assert.NotNull(await stores.Codes.Find(Pool, "s", CodeKind.Reset, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task A_code_is_spent_once_however_many_try(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var code = Sample.Code("s");
        await Replace(stores, code);

        var spent = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => Consume(stores, code))));

        Assert.Single(spent, each => each);
    }

    [Theory, EachDatabase]
    public async Task A_try_that_is_returned_may_be_taken_again(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var code = Sample.Code("s");
        await Replace(stores, code);

        for (var i = 0; i < 3 * ConfirmationCode.MaxTries; i++)
        {
            Assert.IsType<CodeTry.Taken>(
                await stores.Codes.TakeTry(Pool, "s", CodeKind.Reset, Stores.Cancellation));
            await stores.Codes.ReturnTry(code, Stores.Cancellation);
        }
    }

    [Theory, EachDatabase]
    public async Task A_replaced_code_cannot_be_spent(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var first = Sample.Code("s");
        await Replace(stores, first);
        await Replace(stores, Sample.Code("s", first: 9));

        Assert.False(await Consume(stores, first));
        Assert.NotNull(await stores.Codes.Find(Pool, "s", CodeKind.Reset, Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Expired_codes_are_swept_in_steps(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        for (var i = 0; i < 3; i++) await Replace(stores, Sample.Code($"s{i}"));
        await Replace(stores, Sample.Code("late") with { ExpiresAt = Sample.Then.AddDays(9) });
        var before = Sample.Then.AddDays(1);

        Assert.Equal(2, await stores.Codes.Sweep(before, 2, Stores.Cancellation));
        Assert.Equal(1, await stores.Codes.Sweep(before, 2, Stores.Cancellation));

        Assert.NotNull(await stores.Codes.Find(Pool, "late", CodeKind.Reset, Stores.Cancellation));
        await stores.Write(transaction => stores.Codes.Delete(
            transaction, Pool, "late", CodeKind.Reset, Stores.Cancellation));
        Assert.Null(await stores.Codes.Find(Pool, "late", CodeKind.Reset, Stores.Cancellation));
    }

    private static Task Replace(Stores stores, ConfirmationCode code) =>
        stores.Write(transaction => stores.Codes.Replace(transaction, code, Stores.Cancellation));

    private static Task<bool> Consume(Stores stores, ConfirmationCode code) => stores.Database.Write(
        transaction => stores.Codes.Consume(transaction, code, Stores.Cancellation), Stores.Cancellation);

    [Theory, EachDatabase]
    public async Task Codes_to_addresses_of_the_past_go_and_the_others_stay(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var user = Sample.User(Sample.Pool(), "ana", ("email", "now@x.y"), ("phone_number", "+15550100")) with
        {
            Pending = UserAttributes.Empty.With("email", "next@x.y"),
        };
        await Put(CodeKind.SignUp, "email", "old@x.y");
        await Put(CodeKind.Reset, "email", "now@x.y");
        await Put(CodeKind.VerifyEmail, "email", "next@x.y");
        await Put(CodeKind.VerifyPhoneNumber, "phone_number", "+15559999");

        await stores.Write(
            transaction => stores.Codes.DeleteOutdated(transaction, user, "email", Stores.Cancellation));

        Assert.Null(await Find(CodeKind.SignUp));
        Assert.NotNull(await Find(CodeKind.Reset));
        Assert.NotNull(await Find(CodeKind.VerifyEmail));
        Assert.NotNull(await Find(CodeKind.VerifyPhoneNumber));

        Task Put(CodeKind code, string attribute, string value) => stores.Write(
            transaction => stores.Codes.Replace(
                transaction,
                Sample.Code(user.Sub) with { Kind = code, Attribute = attribute, Value = value },
                Stores.Cancellation));

        Task<ConfirmationCode?> Find(CodeKind code) =>
            stores.Codes.Find(user.PoolId, user.Sub, code, Stores.Cancellation);
    }
}
