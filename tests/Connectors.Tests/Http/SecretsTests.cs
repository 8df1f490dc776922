using System.Text.Json;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Xunit;

namespace Connectors.Tests.Http;

public sealed class SecretsTests
{
    [Fact]
    public void Text_HidesSecrets_InEveryForm()
    {
        Credential[] credentials = [new Credential.AccessToken("very-secret"), new Credential.AppPassword("demo.test", "very-secret"),
            new Credential.SignedRequests("very-secret", "very-secret", "very-secret", "very-secret")];
        foreach (var credential in credentials)
        {
            var account = new ConnectorAccount(AccountKey.Parse("mastodon/demo"), new Uri("https://user:very-secret@example.org/?very-secret"), credential);

            Assert.DoesNotContain("very-secret", account.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("very-secret", credential.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("very-secret", JsonSerializer.Serialize<object>(credential), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_HidesPosts_OfRequests()
    {
        var request = Requests.New("words for the public, later");

        Assert.DoesNotContain("words", request.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("words", Requests.Find(request).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("words", new RemotePost("1", new Uri("https://example.org/1"), request.CreatedAt, "words").ToString(), StringComparison.Ordinal);
    }
}
