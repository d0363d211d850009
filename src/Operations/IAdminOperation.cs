using Lifeguard.Contract;

namespace Lifeguard.Operations;

/// <summary>An operation that an administrator signs (SigV4); it runs only once the signature is verified and
/// the caller's policy allows it.</summary>
public interface IAdminOperation<in TRequest, TResponse>
    where TRequest : IShape
    where TResponse : IShape
{
    Task<TResponse> Execute(TRequest request, Call call);
}

/// <summary>An operation that a signed-in user calls with an access token.</summary>
public interface IUserOperation<in TRequest, TResponse>
    where TRequest : IShape
    where TResponse : IShape
{
    Task<TResponse> Execute(TRequest request, SignedInUser user, Call call);
}

/// <summary>An operation that anybody may call; what it needs
/// (client id, secret hash, session) is in the request.</summary>
public interface IPublicOperation<in TRequest, TResponse>
    where TRequest : IShape
    where TResponse : IShape
{
    Task<TResponse> Execute(TRequest request, Call call);
}
