namespace Lifeguard.Storage.Engines;

/// <summary>Work for the writer of a SQLite file.</summary>
internal abstract class UnitOfWork
{
    /// <summary>Why this unit alone did not work out; null while it did.</summary>
    public Exception? Failure { get; protected set; }

    /// <summary>Runs the work; false where it threw.</summary>
    public abstract bool Run(Connection connection);

    /// <summary>Hands the outcome to the caller, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Hands the caller an error that hit the whole group.</summary>
    public abstract void Fail(Exception error);
}

internal sealed class UnitOfWork<T>(Func<Connection, Task<T>> work, CancellationToken cancellation)
    : UnitOfWork
{
    // The caller's continuation must not run on the writer's thread, where it would hold up all others.
    private readonly TaskCompletionSource<T> outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Outcome => outcome.Task;

    public override bool Run(Connection connection)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            // SQLite answers at once, so the task has ended when it is returned.
            result = work(connection).GetAwaiter().GetResult();
            return true;
        }
        catch (Exception error)
        {
            Failure = error;
            return false;
        }
    }

    public override void Complete()
    {
        if (Failure is null) outcome.TrySetResult(result!);
        else Fail(Failure);
    }

    public override void Fail(Exception error)
    {
        if (error is OperationCanceledException && cancellation.IsCancellationRequested)
            outcome.TrySetCanceled(cancellation);
        else
            outcome.TrySetException(error);
    }
}
