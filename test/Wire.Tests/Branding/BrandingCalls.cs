using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Branding;

/// <summary>Calls as tests of styles and of classic pages make them.</summary>
internal static class BrandingCalls
{
    public const string Nowhere = "us-east-1_000000000";

    /// <summary>Of the right form, and nobody's.</summary>
    public const string NoStyle = "0f9d8c7b-6a54-4321-8fed-cba987654321";

    public const string OneSource = "InvalidParameterException: "
        + "useCognitoProvidedValues or settings should be specified (but not both)";

    /// <summary>The shortest bytes that begin as a PNG image does.</summary>
    public static readonly string Png = Convert.ToBase64String([0x89, .. "PNG\r\n\u001a\n"u8]);

    public static readonly string Jpeg = Convert.ToBase64String([0xff, 0xd8, 0xff, 0xe0]);

    public static readonly string Svg = Base64("<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

    public static readonly object Provided = new { UseCognitoProvidedValues = true };

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>An image of a style.</summary>
    public static object Asset(
        string category = "FORM_LOGO",
        string mode = "LIGHT",
        string extension = "PNG",
        string? bytes = null,
        string? resource = null) => new
        {
            Category = category,
            ColorMode = mode,
            Extension = extension,
            Bytes = bytes ?? Png,
            ResourceId = resource,
        };

    /// <summary>Settings with a frame of this colour.</summary>
    public static object Frame(string color) => new
    {
        components = new { form = new { lightMode = new { borderColor = color } } },
    };

    public static Task<Answer> Create(World world, TestPool pool, object style) => world.Call(
        "CreateManagedLoginBranding",
        Calls.Merge(new { UserPoolId = pool.Id, pool.ClientId }, style));

    /// <summary>The id of a new style.</summary>
    public static async Task<string> Created(World world, TestPool pool, object? style = null) =>
        IdOf(await Must(Create(world, pool, style ?? Provided)));

    public static Task<Answer> Update(World world, TestPool pool, string id, object style) => world.Call(
        "UpdateManagedLoginBranding",
        Calls.Merge(new { UserPoolId = pool.Id, ManagedLoginBrandingId = id }, style));

    public static Task<Answer> Describe(World world, TestPool pool, string id, object? more = null) =>
        world.Call(
            "DescribeManagedLoginBranding",
            Calls.Merge(new { UserPoolId = pool.Id, ManagedLoginBrandingId = id }, more));

    public static Task<Answer> ByClient(World world, TestPool pool, object? more = null) => world.Call(
        "DescribeManagedLoginBrandingByClient",
        Calls.Merge(new { UserPoolId = pool.Id, pool.ClientId }, more));

    public static Task<Answer> Delete(World world, TestPool pool, string id) => world.Call(
        "DeleteManagedLoginBranding", new { UserPoolId = pool.Id, ManagedLoginBrandingId = id });

    public static Task<Answer> Set(World world, TestPool pool, object? customization = null) => world.Call(
        "SetUICustomization", Calls.Merge(new { UserPoolId = pool.Id }, customization));

    public static Task<Answer> Get(World world, TestPool pool, string? client = null) => world.Call(
        "GetUICustomization", new { UserPoolId = pool.Id, ClientId = client });

    /// <summary>A pool with a domain, which classic pages need.</summary>
    public static async Task<TestPool> PoolWithDomain(World world, string name = "planets")
    {
        var pool = await TestPool.Create(world);
        await world.Must("CreateUserPoolDomain", new { UserPoolId = pool.Id, Domain = name });
        return pool;
    }

    public static async Task<Answer> Must(Task<Answer> call)
    {
        var answer = await call;
        return answer.IsSuccess ? answer : throw new InvalidOperationException(answer.ToString());
    }

    public static string IdOf(Answer answer) =>
        answer["ManagedLoginBranding"]!["ManagedLoginBrandingId"]!.GetValue<string>();

    public static JsonNode? SettingsOf(Answer answer) => answer["ManagedLoginBranding"]!["Settings"];

    /// <summary>The images of a style: category, colour mode, type and resource in one text each.</summary>
    public static string[] ImagesOf(Answer answer) =>
    [
        .. answer["ManagedLoginBranding"]!["Assets"]!.AsArray().Select(asset => string.Join(
            ' ',
            ((string[])["Category", "ColorMode", "Extension", "ResourceId"])
                .Select(member => asset![member]?.GetValue<string>()).OfType<string>())),
    ];
}
