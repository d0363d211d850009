using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Web.Login;

/// <summary>How pages name somebody who is signed in: as the person would.</summary>
internal static class PersonName
{
    /// <summary>The address or number where the pool's users sign in with these, since their user names are
    /// made up; else the user name.</summary>
    public static string Of(UserPool pool, User user)
    {
        string[] names = [AttributeNames.Email, AttributeNames.PhoneNumber];
        return names.Where(pool.UsesAsUsername)
            .Select(name => user.Attributes[name])
            .FirstOrDefault(static value => value is not null) ?? user.Username;
    }
}
