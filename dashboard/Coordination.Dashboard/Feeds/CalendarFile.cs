using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Storage.ReadModel;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Coordination.Dashboard.Feeds;

/// <summary>Posts as an iCalendar file (RFC 5545).</summary>
internal static class CalendarFile
{
    // A post has no length; calendar programs show nothing of an event without one.
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(15);

    public static string Of(IReadOnlyList<CalendarDay> days, IReadOnlyDictionary<AccountKey, AccountRow> accounts, Uri root, string whose)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//WmfsSmCoordinator//Posts//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", $"Posts, {whose}");
        foreach (var day in days)
        {
            foreach (var post in day.First)
            {
                calendar.Events.Add(Event(post, accounts, root));
            }

            if (day.Total > day.First.Count)
            {
                calendar.Events.Add(More(day, root));
            }
        }

        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalendarEvent Event(PostRow post, IReadOnlyDictionary<AccountKey, AccountRow> accounts, Uri root) => new()
    {
        Uid = $"{post.Id:D}@post",
        Sequence = post.Revision - 1,
        Start = new CalDateTime(post.DueAt.UtcDateTime, CalDateTime.UtcTzId),
        End = new CalDateTime((post.DueAt + Shown).UtcDateTime, CalDateTime.UtcTzId),
        Summary = $"{Home(post, accounts)}: {Looks.OfPost(post.State).Word}",
        Description = $"{post.Text}\n\n{post.PosterName}",
        Url = new Uri(root, $"/posts/{post.Id:D}"),
        Status = post.State is "submitted" or "returned" ? EventStatus.Tentative : EventStatus.Confirmed,
    };

    private static CalendarEvent More(CalendarDay day, Uri root)
    {
        var date = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new CalendarEvent
        {
            Uid = $"{date}@more",
            Start = new CalDateTime(day.Day),
            Summary = $"{Names.Count(day.Total - day.First.Count, "more post")} on this day",
            Url = new Uri(root, $"/calendar?view=Day&date={date}"),
        };
    }

    private static string Home(PostRow post, IReadOnlyDictionary<AccountKey, AccountRow> accounts) =>
        AccountKey.TryParse(post.Account, out var key) && accounts.TryGetValue(key, out var row)
            ? $"{Names.Home(row.Summary.Labels)} · {Names.OfPlatform(row.Summary.Labels.Platform)}"
            : post.Account;
}
