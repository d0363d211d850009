using Lifeguard.Adapters;

namespace Lifeguard.Server.Background;

/// <summary>Makes RSA keys ahead once the server listens, so that creating a pool need not wait for
/// them.</summary>
internal sealed class KeyPreparation(SystemRandom random, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => random.PrepareKeys());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
