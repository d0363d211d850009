using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>The rules are only as good as the reading of the code that they rest on.</summary>
public sealed class MembersTests
{
    private const string Sample = """"
        using System;
        namespace A.B;

        /// <summary>A brace { in a comment.</summary>
        [Obsolete("} in an attribute")]
        public sealed partial class C<T>(int size = 3) : IDisposable where T : class
        {
            private readonly string text = $"{size}}} {F("}")} \"";
            private static readonly Dictionary<char, int> Map = new()
            {
                ['{'] = 1,
            };

            public int Size { get; init; } = 4;

            public int Twice => size switch
            {
                > 3 => 8,
                _ => 4,
            };

            public string Raw() => """
                { { "" { {
                """;

            public void Dispose(int depth = 2)
            {
                if (depth == 3)
                {
                    Run(() => { });
                }

                var path = @"C:\{";
            }

            private record Inner(string Name)
            {
                #region {
                public int Length
                {
                    get => Name.Length;
                }
                #endregion
            }
        }

        internal enum E { One, Two }
        """";

    [Fact]
    public void Every_member_is_found_with_its_first_and_last_line()
    {
        var lines = Members.Of(Sample)
            .Select(member => $"{member.FirstLine}-{member.LastLine} {member.Declaration}");

        Assert.Equal(
        [
            "2-2 namespace A.B",
            "8-8 private readonly string text =    size     F(   )",
            "9-12 private static readonly Dictionary<char, int> Map = new()",
            "14-14 public int Size { get; init; } = 4",
            "16-20 public int Twice => size switch",
            "22-24 public string Raw() =>",
            "26-34 public void Dispose(int depth = 2)",
            "39-42 public int Length",
        ], lines);
    }

    [Fact]
    public void What_is_no_code_becomes_blanks_of_the_same_length()
    {
        const string Source = "a(\"{\"); // {\nb('}', @\"\"\"{\", $\"{c(\"}\")}{{\");";

        Assert.Equal("a(   );     \nb(   ,       ,    c(   )    );", CSharpText.CodeOf(Source));
    }
}
