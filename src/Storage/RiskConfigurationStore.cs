using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Storage;

/// <summary>What pools and clients want done about risks. Cached like pools, since every sign-in that is
/// watched asks.</summary>
public sealed class RiskConfigurationStore
{
    private const string Topic = "risk";

    private const string Applicable =
        """
        SELECT client_id, region, settings, version FROM risk_configuration
        WHERE pool_id = @pool_id AND client_id IN ('', @client_id) AND region IN ('', @region)
        """;

    private const string Put =
        """
        INSERT INTO risk_configuration (pool_id, client_id, region, settings, modified_ms, version)
        VALUES (@pool_id, @client_id, @region, @settings, @modified_ms, 1)
        ON CONFLICT (pool_id, client_id, region) DO UPDATE SET
          settings = excluded.settings, modified_ms = excluded.modified_ms,
          version = risk_configuration.version + 1
        WHERE risk_configuration.version = @version
        """;

    private const string Forget =
        "DELETE FROM risk_configuration WHERE pool_id = @pool_id AND client_id = @client_id";

    private const string ForgetRegion =
        "DELETE FROM risk_configuration WHERE pool_id = @pool_id AND region = @region";

    private readonly Database database;
    private readonly Cache<RiskConfiguration> configurations;

    public RiskConfigurationStore(Database database)
    {
        this.database = database;
        configurations = new(database.Clock);
        database.Changes.Subscribe(Topic, Leave);
        database.Changes.Subscribe("pool", Leave);
    }

    /// <summary>What is in force for a client, in its name: its own, else the pool's, else
    /// nothing.</summary>
    /// <param name="clientId">Null for the pool.</param>
    /// <param name="region">Of the replica that asks; null for the pool's own.</param>
    public async Task<RiskConfiguration> Of(
        string poolId, string? clientId, string? region, CancellationToken cancellation) =>
        (await configurations.Get(
            $"{poolId}/{clientId}/{region}",
            async () => await Load(poolId, clientId, region, cancellation)))!;

    /// <summary>What was set for exactly this client, or for the pool, in the pool's own region; nothing
    /// where nothing was.</summary>
    /// <param name="clientId">Null for the pool.</param>
    public async Task<RiskConfiguration> Own(
        string poolId, string? clientId, CancellationToken cancellation)
    {
        var rows = await Rows(poolId, clientId, null, cancellation);
        return rows.Find(row => row.ClientId == (clientId ?? ""))?.Of(poolId)
            ?? RiskConfiguration.None(poolId, clientId);
    }

    /// <summary>Stores a changed configuration.</summary>
    /// <exception cref="ConflictException">It was changed since it was read.</exception>
    public Task Set(
        Transaction transaction, RiskConfiguration configuration, CancellationToken cancellation) => Write(
        transaction,
        new(configuration.ClientId ?? "", "", configuration.Settings, configuration.Version),
        cancellation);

    /// <summary>Stores who sends the mails in another region.</summary>
    /// <param name="configuration">Whose sender it is.</param>
    public Task SetSender(
        Transaction transaction,
        RiskConfiguration configuration,
        string region,
        NotifyConfigurationType sender,
        DateTimeOffset now,
        CancellationToken cancellation) => Write(
        transaction,
        new(
            configuration.ClientId ?? "",
            region,
            new()
            {
                UserPoolId = configuration.PoolId,
                LastModifiedDate = now,
                AccountTakeoverRiskConfiguration = new()
                {
                    Actions = new(),
                    NotifyConfiguration = new() { SourceArn = sender.SourceArn, From = sender.From },
                },
            },
            Version: null),
        cancellation);

    /// <summary>Forgets what was set for a client, in all regions; the pool's is in force again.</summary>
    /// <param name="clientId">Null for the pool.</param>
    public async Task Remove(
        Transaction transaction, string poolId, string? clientId, CancellationToken cancellation)
    {
        await transaction.Sql(Forget)
            .With("pool_id", poolId)
            .With("client_id", clientId ?? "")
            .Execute(cancellation);
        transaction.Announce($"{Topic}:{poolId}");
    }

    /// <summary>Forgets the senders of a region whose replica goes.</summary>
    public async Task RemoveRegion(
        Transaction transaction, string poolId, string region, CancellationToken cancellation)
    {
        await transaction.Sql(ForgetRegion)
            .With("pool_id", poolId)
            .With("region", region)
            .Execute(cancellation);
        transaction.Announce($"{Topic}:{poolId}");
    }

    private async Task<RiskConfiguration?> Load(
        string poolId, string? clientId, string? region, CancellationToken cancellation)
    {
        var rows = await Rows(poolId, clientId, region, cancellation);
        var own = rows.Find(row => row.Region == "" && row.ClientId == (clientId ?? ""))
            ?? rows.Find(row => row.Region == "");
        if (own is null) return RiskConfiguration.None(poolId, clientId);
        var there = rows.Find(row => row.Region != "" && row.ClientId == own.ClientId);
        var inForce = own.Of(poolId)
            .SentBy(there?.Settings.AccountTakeoverRiskConfiguration?.NotifyConfiguration);
        return inForce.For(clientId);
    }

    private Task<List<Row>> Rows(
        string poolId, string? clientId, string? region, CancellationToken cancellation) => database
        .Sql(Applicable)
        .With("pool_id", poolId)
        .With("client_id", clientId ?? "")
        .With("region", region ?? "")
        .All(Row.Read, cancellation);

    private async Task Write(Transaction transaction, Row row, CancellationToken cancellation)
    {
        var poolId = row.Settings.UserPoolId!;
        var version = row.Version
            ?? await transaction.Sql(
                """
                SELECT version FROM risk_configuration
                WHERE pool_id = @pool_id AND client_id = @client_id AND region = @region
                """)
                .With("pool_id", poolId)
                .With("client_id", row.ClientId)
                .With("region", row.Region)
                .Number(cancellation)
            ?? 0;
        var written = await transaction.Sql(Put)
            .With("pool_id", poolId)
            .With("client_id", row.ClientId)
            .With("region", row.Region)
            .With("settings", Documents.ToText(row.Settings))
            .With("modified_ms", row.Settings.LastModifiedDate)
            .With("version", version)
            .Execute(cancellation);
        if (written == 0) throw new ConflictException();
        transaction.Announce($"{Topic}:{poolId}");
    }

    private void Leave(string? poolId)
    {
        if (poolId is null) configurations.Clear();
        else configurations.RemoveWhere(each => each.PoolId == poolId);
    }

    private sealed record Row(string ClientId, string Region, RiskConfigurationType Settings, long? Version)
    {
        public static Row Read(DbDataReader row) => new(
            row.Text(0), row.Text(1), Documents.FromText<RiskConfigurationType>(row.Text(2)), row.Number(3));

        /// <summary>The copy of a pool has documents of the pool that it was copied from.</summary>
        public RiskConfiguration Of(string poolId) => new(Settings with
        {
            UserPoolId = poolId,
            ClientId = ClientId.Length > 0 ? ClientId : null,
        })
        {
            Version = Version ?? 0,
        };
    }
}
