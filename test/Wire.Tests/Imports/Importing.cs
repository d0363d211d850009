using System.Text;
using Lifeguard.Clients;
using Lifeguard.Operations.Imports;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Imports;

/// <summary>Import jobs as tests take them from step to step.</summary>
internal static class Importing
{
    public const string Role = "arn:aws:iam::000000000000:role/logs";

    /// <summary>The columns of a pool with e-mail addresses, as far as tests fill them in.</summary>
    public const string Header =
        "cognito:username,name,given_name,family_name,middle_name,nickname,preferred_username,profile,"
        + "picture,website,email,email_verified,gender,birthdate,zoneinfo,locale,phone_number,"
        + "phone_number_verified,address,updated_at,cognito:mfa_enabled";

    /// <summary>A pool into which users can be imported.</summary>
    public static Task<TestPool> Pool(World world, string kind = "verifies email") =>
        TestPool.Create(world, PoolKinds.Of(kind), new { PreventUserExistenceErrors = "LEGACY" });

    /// <summary>A pool for <see cref="CsvOfUsers"/>.</summary>
    public static Task<TestPool> PoolOfUsers(World world) => TestPool.Create(
        world, CsvOfUsers.PoolSettings, new { PreventUserExistenceErrors = "LEGACY" });

    /// <summary>The row of a user with a verified e-mail address.</summary>
    public static string Row(string name, string email, string verified = "TRUE") =>
        $"{name},,,,,,,,,,{email},{verified},,,,,,,,,FALSE";

    /// <summary>A new job.</summary>
    public static async Task<TestImport> Job(
        this World world, TestPool pool, string? algorithm = null, string name = "first")
    {
        var made = await world.Must("CreateUserImportJob", new
        {
            UserPoolId = pool.Id,
            JobName = name,
            CloudWatchLogsRoleArn = Role,
            PasswordHashingAlgorithm = algorithm,
        });
        var job = made["UserImportJob"]!;
        return new(
            world, pool, job["JobId"]!.GetValue<string>(), job["PreSignedUrl"]!.GetValue<string>());
    }

    /// <summary>A job whose file has been uploaded.</summary>
    public static async Task<TestImport> Uploaded(
        this World world, TestPool pool, byte[] file, string? algorithm = null, string name = "first")
    {
        var job = await world.Job(pool, algorithm, name);
        var answer = await job.Upload(file);
        return answer is UploadAnswer.Taken ? job : throw new InvalidOperationException(answer.ToString());
    }

    /// <summary>A job that has been started.</summary>
    public static async Task<TestImport> Started(
        this World world, TestPool pool, byte[] file, string? algorithm = null, string name = "first")
    {
        var job = await world.Uploaded(pool, file, algorithm, name);
        await world.Must("StartUserImportJob", new { UserPoolId = pool.Id, JobId = job.Id });
        return job;
    }

    /// <summary>Lines as a file.</summary>
    public static byte[] File(params IReadOnlyList<string> lines) =>
        Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    /// <summary>What a node does in the background.</summary>
    public static async Task RunImports(this World world)
    {
        while (await world.Get<RunImports>().Next(CancellationToken.None))
        {
        }
    }
}

/// <summary>A job of a test.</summary>
internal sealed record TestImport(World World, TestPool Pool, string Id, string Url)
{
    public object Request => new { UserPoolId = Pool.Id, JobId = Id };

    /// <summary>Puts a file where the job expects it.</summary>
    public Task<UploadAnswer> Upload(byte[] file) => UploadTo(Url, file);

    /// <summary>Puts a file to an address like the job's.</summary>
    public async Task<UploadAnswer> UploadTo(string url, byte[] file)
    {
        var address = new Uri(url);
        var path = address.AbsolutePath.Split('/');
        var upload = World.Get<UploadFile>();
        var admission = await upload.Admit(
            new(path[2], path[3], path[4]), address.Query[1..], file.Length, CancellationToken.None);
        return admission is UploadAnswer.Admitted admitted
            ? await upload.Receive(admitted.Job, new MemoryStream(file), CancellationToken.None)
            : admission;
    }

    /// <summary>As DescribeUserImportJob shows it.</summary>
    public async Task<string> Summary()
    {
        var job = (await World.Must("DescribeUserImportJob", Request))["UserImportJob"]!;
        var counts = string.Join(
            '/', ((string[])["ImportedUsers", "SkippedUsers", "FailedUsers"]).Select(name => job[name]));
        return $"{job["Status"]} {counts} {job["CompletionMessage"]}".TrimEnd();
    }
}
