using System.Globalization;
using System.Text.Json;
using Coordination.Domain.Schedule;
using Coordination.Domain.Tests.Incidents;
using Xunit;

namespace Coordination.Domain.Tests.Schedule;

public sealed class BankHolidayTests
{
    [Theory]
    [InlineData("2026-12-25", "Christmas Day")]
    [InlineData("2026-12-28", "Boxing Day")]
    [InlineData("2027-12-27", "Christmas Day")]
    [InlineData("2027-12-28", "Boxing Day")]
    [InlineData("2022-12-27", "Christmas Day")]
    [InlineData("2022-12-26", "Boxing Day")]
    [InlineData("2022-01-03", "New Year’s Day")]
    [InlineData("2023-01-02", "New Year’s Day")]
    [InlineData("2026-04-03", "Good Friday")]
    [InlineData("2038-04-26", "Easter Monday")]
    [InlineData("2020-05-08", "Early May bank holiday (VE day)")]
    [InlineData("2020-05-04", null)]
    [InlineData("2022-05-30", null)]
    [InlineData("2026-12-26", null)]
    public void Day_HasItsName(string day, string? name) => Assert.Equal(name, BankHolidays.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    // The official list; its own names differ in years when Christmas falls on a weekend, its days must not.
    [Fact]
    public void Days_AreThoseOfTheOfficialList()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(SharedData.Path("calendar", "bank-holidays.json")));
        var official = list.RootElement.GetProperty("england-and-wales").GetProperty("events").EnumerateArray()
            .Select(e => DateOnly.Parse(e.GetProperty("date").GetString()!, CultureInfo.InvariantCulture)).ToHashSet();
        var whole = official.GroupBy(d => d.Year).Where(g => g.Count() >= 8).Select(g => g.Key).ToArray();
        Assert.True(whole.Length > 5);
        foreach (var year in whole)
        {
            Assert.Equal(official.Where(d => d.Year == year).Order(), BankHolidays.InYear(year).Keys);
        }
    }
}
