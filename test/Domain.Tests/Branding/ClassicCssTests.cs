using Lifeguard.Domain.Branding;
using Xunit;

namespace Lifeguard.Domain.Tests.Branding;

public sealed class ClassicCssTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \r\n/* nothing */\t", "")]
    [InlineData(".label-customizable{}", ".label-customizable{}\n")]
    [InlineData(
        ".submitButton-customizable:hover {\n\tCOLOR: #FFF;\n\tbackground-color: rgba(0, 0, 0, .5);\n}",
        ".submitButton-customizable:hover{color:#FFF;background-color:rgba(0, 0, 0, .5)}\n")]
    [InlineData(
        ".banner-customizable , .label-customizable { margin : 1px  -2.5em 0 10% !important ; ; }",
        ".banner-customizable,.label-customizable{margin:1px -2.5em 0 10% !important}\n")]
    [InlineData(
        ".inputField-customizable:focus { border: 1px solid/* a; b: c } */#ccc; outline: 0 }"
        + ".background-customizable { background: hsl(210 50% 40%) }",
        ".inputField-customizable:focus{border:1px solid #ccc;outline:0}\n"
        + ".background-customizable{background:hsl(210 50% 40%)}\n")]
    [InlineData(
        ".legalText-customizable { font-family: Arial, Helvetica-Neue,sans-serif }",
        ".legalText-customizable{font-family:Arial, Helvetica-Neue,sans-serif}\n")]
    public void Is_written_anew_with_what_it_says(string css, string expected)
    {
        Assert.Equal(expected, ClassicCss.Rewrite(css));
        Assert.Equal(expected, ClassicCss.Rewrite(ClassicCss.Rewrite(css)));
    }

    /// <summary>As the service's template has it: what people change first.</summary>
    [Fact]
    public void Takes_every_class_of_the_service()
    {
        string[] classes =
        [
            "logo", "banner", "label", "textDescription", "idpDescription", "legalText", "submitButton",
            "errorMessage", "inputField", "idpButton", "socialButton", "redirect", "passwordCheck-notValid",
            "passwordCheck-valid", "background",
        ];
        var css = string.Concat(classes.Select(name => $".{name}-customizable{{padding:1px}}\n"));

        Assert.Equal(css, ClassicCss.Rewrite(css));
        Assert.All(classes, name => Assert.Contains(
            $".{name}-customizable", PageThemes.Classic(null).Classic!.Css, StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_keep_the_rules_that_others_have_to_keep()
    {
        var css = PageThemes.Classic(null).Classic!.Css;

        Assert.NotEmpty(ClassicCss.Rewrite(css));
    }

    [Theory]
    [InlineData(".label-customizable{color:red}</style><script>")]
    [InlineData(".label-customizable{color:red;background:url(a)}")]
    [InlineData(".label-customizable{color:\\72 ed}")]
    [InlineData(".label-customizable{color:\"red\"}")]
    [InlineData(".label-customizable{color:var(--lg-text)}")]
    [InlineData(".label-customizable{color:rgb(var(--x))}")]
    [InlineData(".label-customizable{color:red;.banner-customizable{color:red}}")]
    [InlineData(".label-customizable{width:1px:2px}")]
    [InlineData(".label-customizable{width:1px important!}")]
    [InlineData(".label-customizable{width:\u0661px}")]
    [InlineData(".label-customizable::before{color:red}")]
    [InlineData(".label-customizable:hover:focus{color:red}")]
    [InlineData(".Label-customizable{color:red}")]
    [InlineData("{color:red}")]
    [InlineData("}")]
    public void What_is_refused_leaves_nothing_to_write(string css)
    {
        Assert.Throws<ApiException>(() => ClassicCss.Check(css));
        Assert.Equal("", ClassicCss.Rewrite(css));
    }

    /// <summary>A value may be long; reading it must not take longer than that.</summary>
    [Fact]
    public void Long_values_are_refused_and_long_sheets_are_read()
    {
        var value = new string('a', 300);

        Assert.Throws<ApiException>(() => ClassicCss.Check($".label-customizable{{color:{value}}}"));
        Assert.Throws<ApiException>(
            () => ClassicCss.Check($".label-customizable{{color:{new string('1', 255)}!}}"));
        var many = string.Concat(Enumerable.Repeat(".label-customizable{color:red}\n", 4000));
        Assert.Equal(many, ClassicCss.Rewrite(many));
    }
}
