using Xunit;

namespace Lifeguard.Storage.Tests;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite:lifeguard.db")]
    [InlineData("Host=db.example;Username=lifeguard;Password=hunter2;Pooling=true")]
    [InlineData("Server=a,b;Port=5433;Pwd='semi;colon';Ssl Mode=Require;Target Session Attributes=primary")]
    public void What_can_be_a_database_has_no_defect(string setting) =>
        Assert.Null(ConnectionString.DefectOf(setting));

    [Theory]
    [InlineData("Hos=1", "Npgsql knows no hos")]
    [InlineData("Host=h;Port=abc", "Npgsql does not take the value of port")]
    [InlineData("Host=h;Port=99999999999", "Npgsql does not take the value of port")]
    [InlineData("Host=h;Port=0", "Npgsql does not take the value of port")]
    [InlineData("Host=h;Port=99999", "the port is at most 65535")]
    [InlineData("Host=h;SSL Mode=hunter2", "Npgsql does not take the value of ssl mode")]
    [InlineData("Username=u", "it names no host")]
    [InlineData("Host=;Username=u", "it names no host")]
    [InlineData("=", "it is not made of NAME=VALUE with semicolons between")]
    [InlineData("Host=h;Password='hunter2", "it is not made of NAME=VALUE with semicolons between")]
    [InlineData("Host=h;Password=a;hunter=2", "a part of it has a name that Npgsql does not know")]
    [InlineData("postgres://u:hunter2@h/db?a=b", "a part of it has a name that Npgsql does not know")]
    [InlineData(
        "Host=h;Password=hunter2;Minimum Pool Size=5;Maximum Pool Size=2",
        "Connection can't have 'Max Pool Size' 2 under 'Min Pool Size' 5")]
    public void What_cannot_is_told_without_its_password(string setting, string defect) =>
        Assert.Equal(defect, ConnectionString.DefectOf(setting));
}
