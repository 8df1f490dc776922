using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Domain.Schedule;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Schedule;

/// <summary>What queue slots come to, and that no two posts get one.</summary>
public sealed class SlotPlanTests
{
    private static readonly QuietHours Never = new(default, default, ContentAct.Warn);
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);

    private static readonly Gen<QueueSlot> ASlot = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1439], (day, minute) => new QueueSlot((DayOfWeek)day, new TimeOnly(minute / 60, minute % 60)));
    private static readonly Gen<QueueSlot[]> Slots = ASlot.Array[0, 12].Select(s => s.Distinct().ToArray());
    private static readonly Gen<DateTimeOffset> Moment = Gen.Long[0, 2L * 366 * 24 * 60 * 60].Select(s => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(s));

    [Theory]
    [InlineData("2026-03-02T09:00:00Z", "mon 17:30", "2026-03-02T17:30:00Z", "2026-03-09T17:30:00Z")]
    [InlineData("2026-03-02T17:28:59Z", "mon 17:30", "2026-03-02T17:30:00Z", "2026-03-09T17:30:00Z")]
    [InlineData("2026-03-02T17:29:00Z", "mon 17:30", "2026-03-09T17:30:00Z", "2026-03-16T17:30:00Z")]
    [InlineData("2026-03-23T12:00:00Z", "mon 09:00", "2026-03-30T08:00:00Z", "2026-04-06T08:00:00Z")]
    [InlineData("2026-03-27T12:00:00Z", "sun 01:30", "2026-03-29T01:00:00Z", "2026-04-05T00:30:00Z")]
    [InlineData("2026-10-23T12:00:00Z", "sun 01:30", "2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z")]
    [InlineData("2026-06-30T23:30:00Z", "wed 00:45", "2026-06-30T23:45:00Z", "2026-07-07T23:45:00Z")]
    public void Coming_KeepsTheWallsTime(string now, string slot, string first, string second) =>
        Assert.Equal([Time(first), Time(second)], SlotPlan.Coming([Slot(slot)], Never, Time(now)).Take(2).Select(t => t.When.At));

    [Fact]
    public void Coming_ReachesFourWeeks() =>
        Assert.Equal(
            [Time("2026-03-09T09:00:00Z"), Time("2026-03-16T09:00:00Z"), Time("2026-03-23T09:00:00Z"), Time("2026-03-30T08:00:00Z")],
            SlotPlan.Coming([Slot("mon 09:00")], Never, Time("2026-03-02T09:00:00Z")).Select(t => t.When.At));

    [Fact]
    public void Coming_TakesThePlainOfTwo_WhereTheClocksSkipTheOther()
    {
        var only = Assert.Single(SlotPlan.Coming([Slot("sun 01:30"), Slot("sun 02:00")], Never, Time("2026-03-28T12:00:00Z")), t => t.When.At == Time("2026-03-29T01:00:00Z"));
        Assert.Equal(Slot("sun 02:00"), only.Slot);
    }

    [Theory]
    [InlineData("22:00", "07:00", "tue 22:00", false)]
    [InlineData("22:00", "07:00", "tue 06:59", false)]
    [InlineData("22:00", "07:00", "tue 07:00", true)]
    [InlineData("22:00", "07:00", "tue 21:59", true)]
    [InlineData("22:00", "22:00", "tue 22:00", true)]
    public void Coming_LeavesOutTheQuietHours(string from, string to, string slot, bool stays) =>
        Assert.Equal(stays, SlotPlan.Coming([Slot(slot)], new QuietHours(TimeOnly.ParseExact(from, "HH:mm", null), TimeOnly.ParseExact(to, "HH:mm", null), ContentAct.Warn), Time("2026-03-02T09:00:00Z")).Count > 0);

    [Fact]
    public void Coming_IsOfTheSlotsWalls_ToComeAndInOrder_Always() => Gen.Select(Slots, Moment).SampleSeeded((slots, now) =>
    {
        var coming = SlotPlan.Coming(slots, QuietHours.Default, now);
        foreach (var time in coming)
        {
            var wall = TimeZoneInfo.ConvertTime(time.When.At, London);
            Assert.Contains(time.Slot, slots);
            Assert.Equal(time.Slot.Day, time.When.Local.DayOfWeek);
            Assert.Equal(time.Slot.Time, TimeOnly.FromDateTime(time.When.Local));
            Assert.True(time.When.Change == ClockChange.Skipped || wall.DateTime == time.When.Local, $"{time} shows {wall}");
            Assert.InRange(time.When.At, now + SlotPlan.Lead + TimeSpan.FromTicks(1), now + SlotPlan.Furthest);
            Assert.False(QuietHours.Default.Contain(time.When.At));
        }

        Assert.Equal(coming.Select(t => t.When.At).Distinct().Order(), coming.Select(t => t.When.At));
    });

    [Fact]
    public void Coming_HasEachSlotEachWeek_OutOfTheQuietHours() => Gen.Select(Slots, Moment).SampleSeeded((slots, now) =>
    {
        var coming = SlotPlan.Coming(slots, Never, now).Select(t => t.When.At).ToHashSet();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, London).DateTime);
        for (var day = today.AddDays(1); day < today.AddDays(28); day = day.AddDays(1))
        {
            Assert.All(slots.Where(s => s.Day == day.DayOfWeek), s => Assert.Contains(WallClock.At(day.ToDateTime(s.Time), London).At, coming));
        }
    });

    [Fact]
    public void NoSlotIsGivenTwice_WhoeverAsksWithWhateverTheySaw() => Gen.Select(Slots, Moment, Gen.Int[1, 20].Array[1, 40]).SampleSeeded((slots, now, steps) =>
    {
        // Each caller offers what was free at some time before: all of them, here.
        var offered = SlotPlan.Coming(slots, QuietHours.Default, now).Select(t => t.When.At).Take(SlotPlan.MostOffered).ToArray();
        var posts = new List<Post>();
        foreach (var step in steps)
        {
            now += TimeSpan.FromHours(step);
            if (SlotPlan.FirstFree(offered, posts, now) is { } at)
            {
                Assert.True(at > now);
                Assert.Contains(at, offered);
                Assert.DoesNotContain(posts, p => p.DueAt == at && p.State.IsWaiting());
                posts.Add(Due(at, (PostState)(step % 5) switch { PostState.Draft => PostState.Scheduled, var state => state }));
            }
            else
            {
                Assert.All(offered.Where(o => o > now), o => Assert.Contains(posts, p => p.DueAt == o && p.State.IsWaiting()));
            }
        }
    });

    [Theory]
    [InlineData(PostState.Scheduled, true)]
    [InlineData(PostState.Submitted, true)]
    [InlineData(PostState.Returned, true)]
    [InlineData(PostState.Held, true)]
    [InlineData(PostState.Cancelled, false)]
    [InlineData(PostState.Published, false)]
    [InlineData(PostState.Failed, false)]
    public void FirstFree_PassesOver_WhatAnUnfinishedPostHas(PostState state, bool takes)
    {
        var (first, second) = (Time("2026-03-02T17:30:00Z"), Time("2026-03-03T17:30:00Z"));
        Assert.Equal(takes ? second : first, SlotPlan.FirstFree([first, second], [Due(first, state)], Time("2026-03-02T09:00:00Z")));
        Assert.Equal(takes ? second : first, SlotPlan.FirstFree([first, second], [Due(first.AddSeconds(20), state)], Time("2026-03-02T09:00:00Z")));
        Assert.Equal(takes ? null : first, SlotPlan.FirstFree([first], [Due(first, state)], Time("2026-03-02T09:00:00Z")));
    }

    [Fact]
    public void FirstFree_IsNotOfThePast() => Assert.Null(SlotPlan.FirstFree([Time("2026-03-02T17:30:00Z")], [], Time("2026-03-02T17:30:00Z")));

    [Fact]
    public void Free_LeavesOutTheMinutesThatAreTaken() => Assert.Equal(
        [Time("2026-03-09T17:30:00Z")],
        SlotPlan.Free(SlotPlan.Coming([Slot("mon 17:30")], Never, Time("2026-03-02T09:00:00Z")), [Time("2026-03-02T17:30:59Z"), Time("2026-03-16T17:30:00Z"), Time("2026-03-23T17:30:00Z"), Time("2026-03-09T17:31:00Z")]).Select(t => t.When.At));

    private static QueueSlot Slot(string text) => QueueSlot.TryParse(text, out var slot) ? slot : throw new ArgumentException("No slot.", nameof(text));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Post Due(DateTimeOffset at, PostState state) => new()
    {
        Id = new PostId(Guid.CreateVersion7()),
        Text = "Test your smoke alarm.",
        DueAt = at,
        Tolerance = PostRules.DefaultTolerance,
        PosterId = "holder",
        PosterName = "Holder",
        CreatedAt = at.AddDays(-1),
        State = state,
    };
}
