using Coordination.Dashboard.Components.Notices;
using Coordination.Dashboard.Notices;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Microsoft.Extensions.Options;

namespace Coordination.Pages.Tests;

/// <summary>What people read of who was told, and what the settings of the mail server may be.</summary>
public sealed class NoticeTests
{
    [Fact]
    public void Sum_NamesOnlyWhatThereIs()
    {
        Assert.Equal("12 of 14 sent, 1 waiting, 1 not reachable by e-mail", NoticeWords.Sum(Round((NoticeState.Sent, 12), (NoticeState.Queued, 1), (NoticeState.NoAddress, 1))));
        Assert.Equal("2 of 2 sent", NoticeWords.Sum(Round((NoticeState.Sent, 2))));
        Assert.Equal("0 of 1,003 sent, 3 not sent, 1,000 not needed any more, 4 beyond the most that are told", NoticeWords.Sum(Round((NoticeState.Failed, 1), (NoticeState.GaveUp, 2), (NoticeState.Overtaken, 1000)) with { Beyond = 4 }));
        Assert.Equal("No contact is recorded for any account that it covers.", NoticeWords.Sum(Round()));
    }

    [Fact]
    public void Person_HasAWordAndASign_AndWhy()
    {
        Assert.Equal(("Sent", "at 10:00:00"), Says(new NoticeRow("A", NoticeState.Sent, 1, null, Some.Now, null)));
        Assert.Equal(("Waiting", ""), Says(new NoticeRow("A", NoticeState.Queued, 0, Some.Now, null, null)));
        Assert.Equal(("Tried again", "tried once, next at 10:00:00: 451 busy"), Says(new NoticeRow("A", NoticeState.Queued, 1, Some.Now, null, "451 busy")));
        Assert.Equal(("Refused", "tried once: 550 no such mailbox"), Says(new NoticeRow("A", NoticeState.Failed, 1, null, null, "550 no such mailbox")));
        Assert.Equal(("Given up", "tried 5 times"), Says(new NoticeRow("A", NoticeState.GaveUp, 5, null, null, null)));
        Assert.Equal(("Not reachable by e-mail", "ring them"), Says(new NoticeRow("A", NoticeState.NoAddress, 0, null, null, null)));
        Assert.All(Enum.GetValues<NoticeState>(), s => Assert.NotEmpty(NoticeWords.Look(new NoticeRow("A", s, 0, null, null, null)).Icon));

        static (string, string) Says(NoticeRow row) => (NoticeWords.Look(row).Word, NoticeWords.Line(row));
    }

    [Fact]
    public void Options_WithoutAHost_AreFine_WithOne_EveryFaultIsNamed()
    {
        Assert.True(Check(new MailOptions()).Succeeded);
        Assert.True(Check(Good()).Succeeded);
        var faults = Check(new MailOptions { Host = "mail.example.org:25", Port = 0, From = "Comms", User = "me", PerSecond = 0, Timeout = TimeSpan.Zero }).FailureMessage;
        Assert.All(["Host", "Port", "Security", "From", "PublicAddress", "User", "PerSecond", "Timeout"], name => Assert.Contains("Mail:" + name, faults, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_LetNoPasswordGoInTheClear_AndNeverQuoteOne()
    {
        var options = Good();
        (options.Security, options.User, options.Password) = (MailSecurity.None, "me", "secret words");
        var faults = Check(options).FailureMessage;
        Assert.Contains("in the clear", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void Retries_HaveAnEnd()
    {
        var options = Good();
        Assert.Equal(["00:00:10", "00:01:00", "00:05:00", "00:15:00"], Enumerable.Range(1, 4).Select(n => options.After(n)!.Value.ToString()));
        Assert.Null(options.After(5));
        options.Retries.Add(TimeSpan.FromSeconds(1));
        Assert.Equal((TimeSpan.FromSeconds(1), null), (options.After(1), options.After(2)));
    }

    [Theory]
    [InlineData("https://c.example.org", "https://c.example.org/holds/H-000001")]
    [InlineData("https://c.example.org/sm/", "https://c.example.org/sm/holds/H-000001")]
    public void Link_KeepsThePath(string address, string link) => Assert.Equal(link, NoticeLinks.Hold(new Uri(address), "H-000001").AbsoluteUri);

    [Fact]
    public void Message_IsTheSameAtEveryAttempt_AndNoAddressThatIsNone()
    {
        var id = Guid.NewGuid();
        var notice = new Notice("pat@example.org", "Pat Exämple", "Freeze", "Words,\n“quoted”.\n");
        var (first, second) = (MailWords.Write(id, notice, Good())!, MailWords.Write(id, notice, Good())!);
        Assert.Equal($"{id:N}@example.org", first.MessageId);
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Equal("Words,\n“quoted”.\n", first.TextBody!.ReplaceLineEndings("\n"));
        Assert.Null(MailWords.Write(id, notice with { Address = "nobody" }, Good()));
        Assert.Null(MailWords.Write(id, notice with { Address = "" }, Good()));
    }

    private static ToldRound Round(params (NoticeState State, int Count)[] counts) =>
        new(NoticeKind.Placed, Some.Now, counts.ToDictionary(c => c.State, c => c.Count), 0, []);

    private static MailOptions Good() => new()
    {
        Host = "mail.example.org", Security = MailSecurity.StartTls, From = "WMFS Comms <comms@example.org>", PublicAddress = new Uri("https://c.example.org/"),
    };

    private static ValidateOptionsResult Check(MailOptions options) => new MailOptionsValidator().Validate(null, options);
}
