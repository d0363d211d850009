using Lifeguard.Contract;
using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class AttributeValueTests
{
    [Theory]
    [InlineData("+1", false)]
    [InlineData("+12", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+1234567890123456", false)]
    [InlineData("+0123456", false)]
    [InlineData("15551230000", false)]
    [InlineData("+1 555 123", false)]
    [InlineData("+1555\u0661", false)]
    [InlineData("", false)]
    public void A_phone_number_is_a_plus_and_up_to_fifteen_digits(string value, bool isGood) =>
        Assert.Equal(isGood, AttributeValue.IsPhoneNumber(value));

    [Theory]
    [InlineData("a@b", true, true)]
    [InlineData("ana.maria+tag@mail.example.com", true, true)]
    [InlineData("ána@exämple.com", true, true)]
    [InlineData("a,b@c.d", true, false)]
    [InlineData("<a>@c.d", true, false)]
    [InlineData("a b@c.d", true, false)]
    [InlineData("a@b\r\nBcc:c", true, false)]
    [InlineData("a@.b", true, false)]
    [InlineData("a@b.", true, false)]
    [InlineData("a..b@c", true, false)]
    [InlineData("@b", false, false)]
    [InlineData("a@", false, false)]
    [InlineData("a@b@c", false, false)]
    [InlineData("ana", false, false)]
    [InlineData("", false, false)]
    public void Not_all_that_looks_like_an_address_is_one(string value, bool looks, bool isGood)
    {
        Assert.Equal(looks, AttributeValue.LooksLikeEmail(value));
        Assert.Equal(isGood, AttributeValue.IsEmail(value));
    }

    // type, constraints, value -> what is wrong with it; empty for nothing.
    [Theory]
    [InlineData("String", "{'MinLength':'2','MaxLength':'3'}", "ab", "")]
    [InlineData("String", "{'MinLength':'2'}", "a", "String must be no shorter than 2 characters")]
    [InlineData("String", "{'MaxLength':'3'}", "abcd", "String must be no longer than 3 characters")]
    // Characters, not UTF-16 units.
    [InlineData("String", "{'MaxLength':'1'}", "\U0001F600", "")]
    [InlineData("String", "{}", "anything", "")]
    [InlineData("Number", "{}", "12", "")]
    [InlineData("Number", "{}", "-12.50", "")]
    [InlineData("Number", "{}", "+.5", "")]
    [InlineData("Number", "{}", "1,000", "Number is not valid")]
    [InlineData("Number", "{}", " 1", "Number is not valid")]
    [InlineData("Number", "{}", "5-", "Number is not valid")]
    [InlineData("Number", "{}", "1e3", "Number is not valid")]
    [InlineData("Number", "{}", ".", "Number is not valid")]
    [InlineData("Number", "{}", "-", "Number is not valid")]
    [InlineData("Number", "{}", "1.2.3", "Number is not valid")]
    [InlineData("Number", "{}", "NaN", "Number is not valid")]
    [InlineData("Number", "{}", "\u0661", "Number is not valid")]
    [InlineData("Number", "{'MinValue':'-1','MaxValue':'1.5'}", "-1", "")]
    [InlineData("Number", "{'MinValue':'-1','MaxValue':'1.5'}", "1.50", "")]
    [InlineData("Number", "{'MinValue':'-1','MaxValue':'1.5'}", "-1.01", "Number must be no less than -1")]
    [InlineData("Number", "{'MinValue':'-1','MaxValue':'1.5'}", "1.51", "Number must be no greater than 1.5")]
    // Bounds are numbers of another form, and may be larger than any decimal.
    [InlineData("Number", "{'MaxValue':'1E3'}", "1001", "Number must be no greater than 1E3")]
    [InlineData("Number", "{'MaxValue':'1E300'}", "1000", "")]
    [InlineData("Number", "{'MinValue':'1E300'}", "1000", "Number must be no less than 1E300")]
    [InlineData(
        "Number",
        "{'MaxValue':'9007199254740992'}",
        "9007199254740993",
        "Number must be no greater than 9007199254740992")]
    [InlineData("Boolean", "{}", "TRUE", "")]
    [InlineData("Boolean", "{}", "false", "")]
    [InlineData("Boolean", "{}", "1", "Boolean must be true or false")]
    [InlineData("Boolean", "{}", "yes", "Boolean must be true or false")]
    [InlineData("DateTime", "{}", "2026-03-06T04:05:09Z", "")]
    [InlineData("DateTime", "{}", "2026-03-06", "")]
    [InlineData("DateTime", "{}", "1772769909", "")]
    [InlineData("DateTime", "{}", "soon", "DateTime is not valid")]
    public void Values_are_of_the_type_and_within_the_bounds(
        string type, string bounds, string value, string violation)
    {
        var member = type == "Number" ? "NumberAttributeConstraints" : "StringAttributeConstraints";
        var attribute = Shapes.Read<SchemaAttributeType>(
            $"{{'Name':'custom:x','AttributeDataType':'{type}','{member}':{bounds}}}");

        Assert.Equal(violation, AttributeValue.Violation(attribute, value) ?? "");
    }

    [Theory]
    [InlineData("2000-02-29", true)]
    [InlineData("2001-02-29", false)]
    [InlineData("29/02/2000", false)]
    [InlineData("2000-2-29", false)]
    public void A_birthdate_is_a_day_of_the_calendar(string value, bool isGood)
    {
        var birthdate = SchemaStandards.All.Single(attribute => attribute.Name == "birthdate");

        Assert.Equal(isGood, AttributeValue.Violation(birthdate, value) is null);
    }
}
