using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Schedule;

/// <summary>What is to be done about one date now.</summary>
public abstract record RepeatTurn
{
    private RepeatTurn()
    {
    }

    /// <summary>Its post is made, for this moment.</summary>
    public sealed record Make(DateTimeOffset At) : RepeatTurn;

    /// <summary>It is left out, and that is recorded.</summary>
    public sealed record LeaveOut(RepeatDateState State, string Why) : RepeatTurn;

    /// <summary>Its time is not near yet.</summary>
    public sealed record NotYet : RepeatTurn;
}

/// <summary>The rules about repeats. Pure.</summary>
public static class RepeatRules
{
    /// <summary>How far ahead posts are made.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(35);

    /// <summary>How far a repeat may reach.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(731);

    /// <summary>Most posts of one repeat: its dates times its accounts.</summary>
    public const int MostPosts = 400;

    /// <summary>Most accounts of one repeat.</summary>
    public const int MostAccounts = 50;

    /// <summary>Most repeats of one person that go on.</summary>
    public const int MostActive = 100;

    /// <summary>Whether a person may start, or stop, a repeat on an account: whoever may publish there now.</summary>
    /// <param name="account">The account.</param>
    /// <param name="labels">Its labels; null when there is no such account.</param>
    /// <param name="actor">The person.</param>
    public static bool MayPublish(AccountKey account, AccountLabels? labels, Actor actor) => labels is not null && AccountAuthority.MayPublish(account, labels, actor);

    /// <summary>Checks a wish before its rule is expanded.</summary>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? Check(RepeatWish wish, Func<AccountKey, AccountLabels?> labels, Actor actor)
    {
        if (wish.Accounts.Count == 0)
        {
            return new Refusal("accounts-missing", "The repeat names no accounts. Nothing was started. Name at least one.");
        }

        if (wish.Accounts.Count > MostAccounts)
        {
            return new Refusal("accounts-too-many", $"The repeat names {wish.Accounts.Count} accounts; {MostAccounts} fit. Nothing was started.");
        }

        foreach (var account in wish.Accounts)
        {
            if (labels(account) is not { } known)
            {
                return new Refusal("account-unknown", $"There is no account '{account}'. Nothing was started.", RefusalKind.NotFound);
            }

            if (!AccountAuthority.MayPublish(account, known, actor))
            {
                return new Refusal("not-your-account", $"{actor.Name} may not publish on the account {account}. Nothing was started. Leave it out, or ask Comms to be named as a holder of it.", RefusalKind.Forbidden);
            }

            var (text, about) = PostThread.For(account.Platform, wish.Text, wish.About);
            if ((PostText.Check(account, text) ?? PostThread.Check(account, text, about?.Thread ?? []) ?? ImageRules.CheckPlatform(account, about?.Images ?? [])) is { } unfit)
            {
                return unfit;
            }
        }

        return wish.Tolerance < PostRules.LeastTolerance || wish.Tolerance > PostRules.GreatestTolerance
            ? new Refusal("tolerance-out-of-range", $"A post may be {PostRules.LeastTolerance.TotalSeconds:0} seconds to 24 hours late; {wish.Tolerance.TotalSeconds:0} seconds was asked for. Nothing was started.")
            : wish.About?.Check();
    }

    /// <summary>Checks the dates that its rule makes.</summary>
    /// <param name="dates">The times on the wall, in order; one more than fits is enough.</param>
    /// <param name="wish">The wish.</param>
    /// <param name="zone">Where the wall is.</param>
    /// <param name="now">Now.</param>
    /// <returns>Null when they may stand.</returns>
    public static Refusal? CheckDates(IReadOnlyList<DateTime> dates, RepeatWish wish, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (dates.Count == 0)
        {
            return new Refusal("repeat-no-dates", "The rule makes no date. Nothing was started. Look at its first date, its days and its end.");
        }

        if (WallClock.At(dates[0], zone).At <= now)
        {
            return new Refusal("time-in-past", $"The first date, {Words(dates[0])}, has passed. Nothing was started. Begin with a later one.");
        }

        if (WallClock.At(dates[^1], zone).At > now + Furthest)
        {
            return new Refusal("repeat-too-far", $"The rule reaches to {Words(dates[^1])}; two years ahead is the most. Nothing was started. Give it an earlier end, and start it again then if it still holds true.");
        }

        return dates.Count * wish.Accounts.Count > MostPosts
            ? new Refusal("repeat-too-many", $"The repeat would make more than {MostPosts} posts ({(dates.Count > MostPosts ? "more than " + MostPosts : dates.Count)} dates on {wish.Accounts.Count} {(wish.Accounts.Count == 1 ? "account" : "accounts")}). Nothing was started. Give it an earlier end, or fewer accounts.")
            : null;
    }

    /// <summary>Leaves out a time that the clocks skip where another date has the moment that it would count as: nothing goes out twice at once.</summary>
    public static IReadOnlyList<DateTime> Apart(IReadOnlyList<DateTime> dates, TimeZoneInfo zone)
    {
        var walls = dates.Select(d => WallClock.At(d, zone)).ToArray();
        var plain = walls.Where(w => w.Change != ClockChange.Skipped).Select(w => w.At).ToHashSet();
        return [.. walls.Where(w => w.Change != ClockChange.Skipped || plain.Add(w.At)).Select(w => w.Local)];
    }

    /// <summary>What is to be done about a date now. What was missed while the service was down is never made late.</summary>
    public static RepeatTurn Turn(DateTime local, RepeatWish wish, TimeZoneInfo zone, DateTimeOffset now)
    {
        var at = WallClock.At(local, zone).At;
        if (at > now + Horizon)
        {
            return new RepeatTurn.NotYet();
        }

        if (wish.SkipHolidays && BankHolidays.Of(DateOnly.FromDateTime(local)) is { } holiday)
        {
            return new RepeatTurn.LeaveOut(RepeatDateState.Holiday, holiday);
        }

        return at <= now
            ? new RepeatTurn.LeaveOut(RepeatDateState.Skipped, "Its time had passed before its post could be made, so none was made. Nothing is sent late by itself.")
            : new RepeatTurn.Make(at);
    }

    private static string Words(DateTime local) => local.ToString("ddd d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
