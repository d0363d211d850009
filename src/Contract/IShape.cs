using System.Text.Json;

namespace Lifeguard.Contract;

/// <summary>
/// A structure of the wire contract: can be written as JSON and checked against its bounds.
/// </summary>
public interface IShape
{
    /// <summary>Writes the structure as one JSON object; members that are null are left out.</summary>
    void Write(Utf8JsonWriter writer);

    /// <summary>
    /// Reports every broken bound of this structure and of those inside it, in the model's order of members.
    /// <paramref name="path"/> is where the structure itself stands.
    /// </summary>
    void Check(Violations violations, MemberPath path);
}

/// <summary>A structure that can also be read. Unknown members are skipped, null counts as absent.</summary>
public interface IShape<TSelf> : IShape
    where TSelf : IShape<TSelf>
{
    /// <summary>
    /// Reads the object whose first token the reader stands on, and leaves the reader on its last token.
    /// Throws <see cref="SerializationException"/> where a value has another type than the contract says;
    /// malformed JSON is turned into the same exception by <see cref="WireBody"/>, which callers use.
    /// </summary>
    static abstract TSelf Read(ref Utf8JsonReader reader);
}

/// <summary>The input of an operation.</summary>
public interface IRequest<TSelf> : IShape<TSelf>
    where TSelf : IRequest<TSelf>
{
    /// <summary>Whether some member is required, so that an empty body cannot be a request.</summary>
    static abstract bool NeedsBody { get; }
}

/// <summary>A request that names a user pool; its id is required.</summary>
public interface IHasUserPoolId
{
    /// <summary>Id of the pool, such as <c>us-east-1_Ab1Cd2Ef3</c>.</summary>
    string UserPoolId { get; }
}

/// <summary>A request that names what it is about by an ARN, which is required.</summary>
public interface IHasResourceArn
{
    /// <summary>The ARN as it was sent.</summary>
    string ResourceArn { get; }
}

/// <summary>A request that names an app client; its id is required.</summary>
public interface IHasClientId
{
    /// <summary>Id of the app client.</summary>
    string ClientId { get; }
}

/// <summary>A request that names a user; the name is required.</summary>
public interface IHasUsername
{
    /// <summary>User name, alias or sub, as it was sent.</summary>
    string Username { get; }
}

/// <summary>A request of a signed-in user, whose access token is required.</summary>
public interface IHasAccessToken
{
    /// <summary>The access token as it was sent; a secret.</summary>
    string AccessToken { get; }
}
