using Lifeguard.Domain.Branding;

namespace Lifeguard.Storage.Tests;

public sealed class LoginStyleStoreTests
{
    [Theory, EachDatabase]
    public async Task A_stored_style_is_read_as_it_was(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var style = Sample.Style("pool", "client");
        var provided = Sample.Style("pool", "another") with { Settings = null };
        await stores.Write(async transaction =>
        {
            Assert.True(await stores.LoginStyles.Insert(transaction, style, Stores.Cancellation));
            Assert.True(await stores.LoginStyles.Insert(transaction, provided, Stores.Cancellation));
            Assert.False(await stores.LoginStyles.Insert(
                transaction, style with { Id = "other" }, Stores.Cancellation));
            Assert.Equal(2, await stores.LoginStyles.Count(transaction, "pool", Stores.Cancellation));
        });

        var found = await stores.LoginStyles.Get("pool", style.Id, Stores.Cancellation);
        var byClient = await stores.LoginStyles.FindByClient("pool", "another", Stores.Cancellation);

        Assert.Equal(style.Settings!.Value.GetRawText(), found.Settings!.Value.GetRawText());
        Assert.Equal((style.ClientId, style.CreatedAt, 0), (found.ClientId, found.CreatedAt, found.Version));
        Assert.Equal(provided, byClient);
        Assert.Null(await stores.LoginStyles.FindByClient("elsewhere", "client", Stores.Cancellation));
    }

    [Theory, EachDatabase]
    public async Task Images_take_their_places_and_leave_with_the_style(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var (style, other) = (Sample.Style("pool", "client"), Sample.Style("pool", "other"));
        await stores.Write(async transaction =>
        {
            await stores.LoginStyles.Insert(transaction, style, Stores.Cancellation);
            await stores.LoginStyles.Insert(transaction, other, Stores.Cancellation);
            await Put(transaction, style, Sample.Image("a"), Sample.Image("b", "Google"));
            await Put(transaction, other, Sample.Image("c"));
            Assert.Equal(2, await Put(transaction, style, Sample.Image("d"), Sample.Image("e", "Partner"),
                Sample.Image("", "Google")));
        });

        var images = await stores.LoginStyles.Images("pool", "client", Stores.Cancellation);
        var assets = await stores.LoginStyles.Assets("pool", "client", Stores.Cancellation);

        Assert.Equal([("", "d"), ("Partner", "e")], images.Select(image => (
            image.ResourceId, System.Text.Encoding.UTF8.GetString(image.Bytes))));
        Assert.Equal(images.Select(image => image.Tag), assets.Select(asset => asset.Tag));
        Assert.Equal([null, "Partner"], assets.Select(asset => asset.ResourceId));
        Assert.Equal(
            "image/svg+xml",
            (await stores.LoginStyles.Image("pool", assets[0].Tag, Stores.Cancellation))!.ContentType);
        await stores.Write(async transaction =>
        {
            Assert.True(await stores.LoginStyles.Delete(transaction, style, Stores.Cancellation));
            Assert.False(await stores.LoginStyles.Delete(transaction, style, Stores.Cancellation));
        });
        Assert.Empty(await stores.LoginStyles.Images("pool", "client", Stores.Cancellation));
        Assert.Single(await stores.LoginStyles.Images("pool", "other", Stores.Cancellation));

        Task<long> Put(Transaction transaction, LoginStyle of, params StyleImage[] given) =>
            stores.LoginStyles.PutImages(transaction, of, given, Stores.Cancellation);
    }

    [Theory, EachDatabase]
    public async Task Who_comes_second_with_a_change_is_told(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var style = Sample.Style("pool", "client");
        await stores.Write(transaction => stores.LoginStyles.Insert(
            transaction, style, Stores.Cancellation));
        await stores.Write(transaction => stores.LoginStyles.Update(
            transaction, style with { Settings = null }, Stores.Cancellation));

        await Assert.ThrowsAsync<ConflictException>(() => stores.Write(transaction =>
            stores.LoginStyles.Update(transaction, style, Stores.Cancellation)));

        var stored = await stores.LoginStyles.Get("pool", style.Id, Stores.Cancellation);
        Assert.Equal((null, 1), (stored.Settings, stored.Version));
    }
}
