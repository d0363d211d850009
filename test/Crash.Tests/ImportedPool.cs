using System.Text.Json;

namespace Lifeguard.Crash.Tests;

/// <summary>A pool into which a running server imports users.</summary>
internal sealed record ImportedPool(ApiClient Api, string Id, string Client)
{
    private static readonly HttpClient Http = new();

    public static async Task<ImportedPool> Create(ApiClient api)
    {
        var pool = (await api.Must("CreateUserPool", CsvOfUsers.PoolSettings))
            .GetProperty("UserPool").GetProperty("Id").GetString()!;
        var client = (await api.Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            PreventUserExistenceErrors = "LEGACY",
            ExplicitAuthFlows = (string[])["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        })).GetProperty("UserPoolClient").GetProperty("ClientId").GetString()!;
        return new(api, pool, client);
    }

    /// <summary>Creates a job, uploads its file as the documentation of the service does, and starts
    /// it.</summary>
    public async Task<string> Start(byte[] file, string algorithm)
    {
        var job = (await Api.Must("CreateUserImportJob", new
        {
            UserPoolId = Id,
            JobName = "crash",
            CloudWatchLogsRoleArn = "arn:aws:iam::000000000000:role/logs",
            PasswordHashingAlgorithm = algorithm,
        })).GetProperty("UserImportJob");
        using var upload = new HttpRequestMessage(
            HttpMethod.Put, job.GetProperty("PreSignedUrl").GetString());
        upload.Content = new ByteArrayContent(file);
        upload.Headers.Add("x-amz-server-side-encryption", "aws:kms");
        using var answer = await Http.SendAsync(upload);
        answer.EnsureSuccessStatusCode();
        var jobId = job.GetProperty("JobId").GetString()!;
        await Api.Must("StartUserImportJob", new { UserPoolId = Id, JobId = jobId });
        return jobId;
    }

    /// <summary>Looks at the job until it is as wanted; it must not end before.</summary>
    public async Task<JobState> Wait(string job, Func<JobState, bool> isWanted)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = await Api.Must("DescribeUserImportJob", new { UserPoolId = Id, JobId = job });
            var state = Read(answer.GetProperty("UserImportJob"));
            if (isWanted(state)) return state;
            Assert.False(state.HasEnded, state.ToString());
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The type of the refusal; null for tokens.</summary>
    public async Task<string?> SignIn(string name, string password) => (await Api.Call("InitiateAuth", new
    {
        ClientId = Client,
        AuthFlow = "USER_PASSWORD_AUTH",
        AuthParameters = new { USERNAME = name, PASSWORD = password },
    })).ErrorType;

    private static JobState Read(JsonElement job) => new(
        job.GetProperty("Status").GetString()!,
        job.GetProperty("ImportedUsers").GetInt32(),
        job.GetProperty("SkippedUsers").GetInt32(),
        job.GetProperty("FailedUsers").GetInt32(),
        job.TryGetProperty("CompletionDate", out _));
}

/// <summary>Where a job stands.</summary>
internal sealed record JobState(string Status, int Imported, int Skipped, int Failed, bool HasEnded)
{
    public int Rows => Imported + Skipped + Failed;
}
