using System.Security.Cryptography;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.OpenId;
using Coordination.Storage;
using Coordination.Storage.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Coordination.Pages.Tests.SignIn;

public sealed class SignInWordsTests
{
    public static TheoryData<Exception?, string> Failures { get; } = new()
    {
        { null, "failed" },
        { new InvalidOperationException("Correlation failed."), "again" },
        { new InvalidOperationException("OpenIdConnectAuthenticationHandler: message.State is null or empty."), "again" },
        { new InvalidOperationException("Unable to unprotect the message.State."), "again" },
        { new InvalidOperationException("No message."), "again" },
        { new SecurityTokenExpiredException(), "clock" },
        { new SecurityTokenNotYetValidException(), "clock" },
        { new OpenIdConnectProtocolInvalidNonceException(), "untrusted" },
        { new SecurityTokenInvalidIssuerException(), "untrusted" },
        { new SecurityTokenInvalidAudienceException(), "untrusted" },
        { new SecurityTokenInvalidSignatureException(), "untrusted" },
        { new OpenIdConnectProtocolException("invalid_grant"), "provider-refused" },
        { new HttpRequestException(), "provider-away" },
        { new TaskCanceledException(), "provider-away" },
        { new InvalidOperationException("IDX20803", new IOException()), "provider-away" },
        { new Npgsql.NpgsqlException(), "store-away" },
        { new CommitUnconfirmedException(), "store-away" },
        { new FormatException("Something else"), "failed" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Failure_IsToldInItsOwnWords(Exception? failure, string code) => Assert.Equal(code, SignInProblem.Of(failure).Code);

    [Theory]
    [InlineData("clock", "clock")]
    [InlineData("CLOCK", "failed")]
    [InlineData(null, "failed")]
    [InlineData("<script>", "failed")]
    public void Page_KnowsItsProblemsAlone(string? named, string code) => Assert.Equal(code, SignInProblem.Named(named).Code);

    [Theory]
    [InlineData("/", true)]
    [InlineData("/holds?x=1#y", true)]
    [InlineData("/sign-in?returnUrl=//example.org", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("holds", false)]
    [InlineData("//example.org", false)]
    [InlineData("/\\example.org", false)]
    [InlineData("/\t/example.org", false)]
    [InlineData("/a\r\nLocation: x", false)]
    [InlineData("https://example.org/", false)]
    [InlineData("javascript:alert(1)", false)]
    public void ReturnUrl_LiesInThisService(string? url, bool local) => Assert.Equal(local ? url : null, LocalAddress.OrNull(url));

    [Fact]
    public void ReturnUrl_HasAnEnd() => Assert.Null(LocalAddress.OrNull("/" + new string('a', 2000)));

    [Theory]
    [InlineData("Jane Marsh", "jane-marsh-")]
    [InlineData("Zoë O'Brien-Smith", "zo-o-brien-smith-")]
    [InlineData("李", "staff-")]
    public void StaffId_IsReadable_AndOfThePersonAlone(string name, string begin)
    {
        var (first, second) = (OpenIdAdmission.NewId(new ExternalIdentity("https://a", "1"), name), OpenIdAdmission.NewId(new ExternalIdentity("https://a", "2"), name));
        Assert.StartsWith(begin, first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", first);
    }

    [Theory]
    [InlineData("https://social.wmfs.example", "__Host-coordination", CookieSecurePolicy.Always)]
    [InlineData("http://127.0.0.1:8080", "coordination", CookieSecurePolicy.SameAsRequest)]
    public void Cookie_IsThisHostsOwn_OverTls(string address, string name, CookieSecurePolicy policy)
    {
        var cookie = new CookieBuilder { Domain = "example.org", Path = "/somewhere" };
        OpenIdSetup.Harden(cookie, new OpenIdOptions { PublicAddress = address }, "coordination");
        Assert.Equal((name, "/", null, true, policy), (cookie.Name, cookie.Path, cookie.Domain, cookie.HttpOnly, cookie.SecurePolicy));
    }

    [Fact]
    public void Refusal_IsReadBack_AndNothingElseIs()
    {
        var tickets = new RefusalTicket(new EphemeralDataProtectionProvider());
        var refusal = new SignInRefusal("Jane Marsh", "no-group");
        var ticket = tickets.Address(refusal)[(RefusalTicket.Path.Length + "?of=".Length)..];
        Assert.Equal(refusal, tickets.Read(ticket));
        Assert.All([null, "", "made up", ticket + "x", new string('a', 5000), Convert.ToBase64String(RandomNumberGenerator.GetBytes(100))], other => Assert.Null(tickets.Read(other)));
    }
}
