using System.Threading.Channels;
using Lifeguard.Domain;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The server's one-time SRP pairs (b, g^b), prepared ahead so that the
/// first leg of a sign-in need not wait for the large exponentiation.
/// </summary>
public sealed class SrpEphemerals(RandomSource random, int prepared)
{
    private readonly Channel<SrpEphemeral> ready =
        Channel.CreateBounded<SrpEphemeral>(Math.Max(1, prepared));

    /// <summary>A pair that was never handed out before.</summary>
    public SrpEphemeral Take() => ready.Reader.TryRead(out var pair) ? pair : Make();

    /// <summary>Keeps the stock filled until cancelled. Does nothing where no stock is wanted.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        while (prepared > 0 && !cancellation.IsCancellationRequested)
        {
            await ready.Writer.WaitToWriteAsync(cancellation);
            await ready.Writer.WriteAsync(await Task.Run(Make, cancellation), cancellation);
        }
    }

    private SrpEphemeral Make() => SrpEphemeral.From(random.Bytes(SrpEphemeral.MinSecretLength));
}
