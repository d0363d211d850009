using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lifeguard.Contract;

/// <summary>
/// Where in a request a structure stands. Costs no allocation until a violation asks for its text, such as
/// <c>userAttributes.1.member.name</c> or <c>acrConfiguration.gold.member.acrValue</c>.
/// </summary>
public readonly struct MemberPath
{
    /// <summary>
    /// The most structures that may stand inside each other; the generator holds the contract to it.
    /// </summary>
    public const int MaxDepth = 6;

    private readonly Steps steps;
    private readonly int count;

    private MemberPath(in MemberPath parent, Step step)
    {
        this = parent;
        steps[count++] = step;
    }

    /// <summary>The request itself.</summary>
    public static MemberPath Root => default;

    /// <summary>
    /// The structure in that member; the name has its first letter lowered, as violations print it.
    /// </summary>
    public MemberPath Member(string name) => new(this, new Step(name, 0, null));

    /// <summary>A structure in the list of that member, counted from 1.</summary>
    public MemberPath Element(string name, int position) => new(this, new Step(name, position, null));

    /// <summary>A structure in the map of that member.</summary>
    public MemberPath Entry(string name, string key) => new(this, new Step(name, 0, key));

    /// <summary>The printed path of a member of this structure.</summary>
    public string Of(string member) =>
        count == 0 ? member : Append(new StringBuilder()).Append('.').Append(member).ToString();

    /// <summary>The printed path of this structure.</summary>
    internal string Of() => Append(new StringBuilder()).ToString();

    private StringBuilder Append(StringBuilder text)
    {
        for (var i = 0; i < count; i++)
            steps[i].AppendTo(i == 0 ? text : text.Append('.'));
        return text;
    }

    private readonly record struct Step(string Name, int Position, string? Key)
    {
        public StringBuilder AppendTo(StringBuilder text)
        {
            text.Append(Name);
            if (Key is not null)
                text.Append('.').Append(PrintedValue.Of(Key)).Append(".member");
            else if (Position > 0)
                text.Append(CultureInfo.InvariantCulture, $".{Position}.member");
            return text;
        }
    }

    [InlineArray(MaxDepth)]
    private struct Steps
    {
        private Step first;
    }
}
