using System.Diagnostics.CodeAnalysis;
using Lifeguard.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Operations;

/// <summary>How one operation is read from the wire and carried
/// out. The generated table has one per operation.</summary>
public abstract class OperationEntry(OperationFacts facts)
{
    public OperationFacts Facts { get; } = facts;

    /// <summary>Reads the request.</summary>
    /// <exception cref="SerializationException">The body is not JSON of the request's shape.</exception>
    public abstract IShape Read(ReadOnlyMemory<byte> body);

    /// <summary>Carries the operation out.</summary>
    /// <param name="user">The token's holder; null unless the operation asks for one.</param>
    public abstract Task<IShape> Execute(
        IServiceProvider services, IShape request, SignedInUser? user, Call call);

    /// <summary>Registers the handler class.</summary>
    public abstract void Register(IServiceCollection services);

    public static OperationEntry Admin<TRequest, TResponse,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        OperationFacts facts)
        where TRequest : IRequest<TRequest>
        where TResponse : IShape
        where THandler : class, IAdminOperation<TRequest, TResponse> =>
        new Typed<TRequest, THandler>(
            facts, async (handler, request, _, call) => await handler.Execute(request, call));

    public static OperationEntry User<TRequest, TResponse,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        OperationFacts facts)
        where TRequest : IRequest<TRequest>
        where TResponse : IShape
        where THandler : class, IUserOperation<TRequest, TResponse> =>
        new Typed<TRequest, THandler>(
            facts, async (handler, request, user, call) => await handler.Execute(request, user!, call));

    public static OperationEntry Public<TRequest, TResponse,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        OperationFacts facts)
        where TRequest : IRequest<TRequest>
        where TResponse : IShape
        where THandler : class, IPublicOperation<TRequest, TResponse> =>
        new Typed<TRequest, THandler>(
            facts, async (handler, request, _, call) => await handler.Execute(request, call));

    private sealed class Typed<TRequest,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        OperationFacts facts, Func<THandler, TRequest, SignedInUser?, Call, Task<IShape>> execute)
        : OperationEntry(facts)
        where TRequest : IRequest<TRequest>
        where THandler : class
    {
        public override IShape Read(ReadOnlyMemory<byte> body) => WireBody.ReadRequest<TRequest>(body.Span);

        public override Task<IShape> Execute(
            IServiceProvider services, IShape request, SignedInUser? user, Call call) =>
            execute(services.GetRequiredService<THandler>(), (TRequest)request, user, call);

        public override void Register(IServiceCollection services) => services.AddSingleton<THandler>();
    }
}
