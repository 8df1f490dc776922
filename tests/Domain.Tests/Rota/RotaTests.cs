using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Coordination.Domain.Tests.Accounts;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Rota;

/// <summary>The duty rota: who may set it, what a shift may be, who is on, and where nobody is or one too many.</summary>
public sealed class RotaTests
{
    // A Friday, in summer time: 09:00 UTC is 10:00 on a wall in London.
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Shift Night = new() { Role = DutyRole.DutyOfficer, Name = "Sam Example", Phone = "0121 496 0000", From = Now.AddHours(7), To = Now.AddHours(22) };

    [Fact]
    public void Rota_IsSetByCommsAlone()
    {
        foreach (var (name, actor) in Given.People)
        {
            var may = actor.Role is Role.CommsManager or Role.CommsOfficer;
            Assert.True(may == RotaDecider.Save(null, Night, actor, Now) is Decision<Change<Shift>>.Accepted, name);
            Assert.True(may == RotaDecider.Remove(Night, "Ill", actor, Now) is Decision<Change<Shift>>.Accepted, name);
        }
    }

    [Theory]
    [InlineData("name-invalid", "", "0121 496 0000", 7, 22)]
    [InlineData("name-invalid", "=SUM(A1)", "0121 496 0000", 7, 22)]
    [InlineData("phone-invalid", "Sam", "", 7, 22)]
    [InlineData("phone-invalid", "Sam", "ring me", 7, 22)]
    [InlineData("shift-ends-first", "Sam", "0121 496 0000", 22, 7)]
    [InlineData("shift-ends-first", "Sam", "0121 496 0000", 7, 7)]
    [InlineData("shift-too-long", "Sam", "0121 496 0000", 7, 7 + (15 * 24))]
    [InlineData("time-in-past", "Sam", "0121 496 0000", -22, -7)]
    [InlineData("time-too-far", "Sam", "0121 496 0000", 24 * 400, (24 * 400) + 5)]
    [InlineData(null, " Sam ", "+44 121 496 0000", -5, 7)]
    public void Shift_Refuses_WhatNobodyCouldServe(string? code, string name, string phone, int from, int to)
    {
        var decision = RotaDecider.Save(null, Night with { Name = name, Phone = phone, From = Now.AddHours(from), To = Now.AddHours(to) }, Given.Manager, Now);
        Assert.Equal(code, (decision as Decision<Change<Shift>>.Refused)?.Why.Code);
    }

    [Fact]
    public void Shift_ThatIsOver_StaysAsItWas()
    {
        var over = Night with { From = Now.AddHours(-9), To = Now };
        Assert.Equal("shift-over", Assert.IsType<Decision<Change<Shift>>.Refused>(RotaDecider.Save(over, over with { To = Now.AddHours(1) }, Given.Manager, Now)).Why.Code);
        Assert.Equal("shift-over", Assert.IsType<Decision<Change<Shift>>.Refused>(RotaDecider.Remove(over, "Ill", Given.Manager, Now)).Why.Code);
        Assert.Equal("reason-missing", Assert.IsType<Decision<Change<Shift>>.Refused>(RotaDecider.Remove(Night, " ", Given.Manager, Now)).Why.Code);
        Assert.IsType<Decision<Change<Shift>>.AlreadyDone>(RotaDecider.Save(Night, Night, Given.Manager, Now));
        Assert.IsType<Decision<Change<Shift>>.AlreadyDone>(RotaDecider.Remove(Night with { Open = false }, "Ill", Given.Manager, Now));
    }

    [Fact]
    public void Change_KeepsTheShift_AndCutsItToWholeMinutes()
    {
        var changed = Assert.IsType<Decision<Change<Shift>>.Accepted>(RotaDecider.Save(Night, Night with { Name = " Kim ", From = Night.From.AddSeconds(59) }, Given.Manager, Now));
        Assert.Equal(Night with { Name = "Kim" }, Assert.Single(changed.Events).After);
    }

    [Theory]
    [InlineData("2026-05-01T07:29:59Z", false)] // a Friday
    [InlineData("2026-05-01T07:30:00Z", true)]
    [InlineData("2026-05-01T15:59:59Z", true)]
    [InlineData("2026-05-01T16:00:00Z", false)]
    [InlineData("2026-05-02T10:00:00Z", false)] // Saturday
    [InlineData("2026-05-03T10:00:00Z", false)] // Sunday
    [InlineData("2026-05-04T10:00:00Z", false)] // early May bank holiday
    [InlineData("2026-12-01T08:29:00Z", false)] // winter: the wall shows UTC
    [InlineData("2026-12-01T08:30:00Z", true)]
    [InlineData("2026-12-28T10:00:00Z", false)] // Boxing Day, given on the Monday
    public void OfficeHours_AreByTheWallInLondon(string at, bool inside) =>
        Assert.Equal(inside, OfficeHours.Default.Contain(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void EqualHours_MeanNever()
    {
        var never = new OfficeHours(new TimeOnly(0, 0), new TimeOnly(0, 0));
        Assert.False(never.Contain(Now));
        Assert.Equal([new Period(Now, Now.AddDays(3))], never.Outside(Now, Now.AddDays(3)));
    }

    [Fact]
    public void Outside_IsJustWhatTheHoursDoNotContain()
    {
        // Through both changes of the clocks, Christmas and the leap day's month.
        for (var from = new DateTimeOffset(2026, 10, 20, 0, 7, 0, TimeSpan.Zero); from.Year < 2028; from = from.AddDays(29))
        {
            var outside = OfficeHours.Default.Outside(from, from.AddDays(28));
            for (var at = from; at < from.AddDays(28); at = at.AddMinutes(15))
            {
                Assert.True(OfficeHours.Default.Contain(at) != outside.Any(p => p.From <= at && at < p.To), $"{at:u}");
            }
        }
    }

    [Fact]
    public void Gaps_AreTheHoursOutsideThatNoShiftCovers() => Shifts.SampleSeeded(
        shifts =>
        {
            var gaps = RotaView.Gaps(shifts, OfficeHours.Default, Now);
            for (var at = Now; at < Now + RotaView.Ahead; at = at.AddMinutes(30))
            {
                foreach (var role in DutyRoles.All)
                {
                    var alone = !OfficeHours.Default.Contain(at) && RotaView.On(shifts, role, at).Count == 0;
                    Assert.True(alone == gaps.Any(g => g.Role == role && g.From <= at && at < g.To), $"{role} {at:u}");
                }
            }
        },
        iter: 60);

    [Fact]
    public void Overlaps_AreWhereTwoAreOnForTheSame() => Shifts.SampleSeeded(
        shifts =>
        {
            var overlaps = RotaView.Overlaps(shifts, Now);
            for (var at = Now; at < Now + RotaView.Ahead; at = at.AddMinutes(30))
            {
                foreach (var role in DutyRoles.All)
                {
                    Assert.True(RotaView.On(shifts, role, at).Count > 1 == overlaps.Any(o => o.Role == role && o.From <= at && at < o.To), $"{role} {at:u}");
                }
            }
        },
        iter: 60);

    [Fact]
    public void On_TellsWhoCameLastFirst_AndNobodyWhoWasTakenOff()
    {
        var (early, late, off) = (Night, Night with { Name = "Kim", From = Night.From.AddHours(1) }, Night with { Name = "Off", Open = false });
        Assert.Equal(["Kim", "Sam Example"], RotaView.On([early, late, off], DutyRole.DutyOfficer, Night.From.AddHours(2)).Select(s => s.Name));
        Assert.Empty(RotaView.On([early, late, off], DutyRole.IncidentCover, Night.From.AddHours(2)));
        Assert.Empty(RotaView.On([early], DutyRole.DutyOfficer, Night.To));
    }

    private static Gen<Shift[]> Shifts { get; } = Gen.Select(Gen.Bool, Gen.Int[-40, 1400], Gen.Int[1, 300], Gen.Int[0, 9]).Select((cover, from, length, open) => new Shift
    {
        Role = cover ? DutyRole.IncidentCover : DutyRole.DutyOfficer,
        Name = $"N{from}",
        Phone = "0121 496 0000",
        From = Now.AddMinutes(from * 30),
        To = Now.AddMinutes((from + length) * 30),
        Open = open > 0,
    }).Array[0, 12];
}
