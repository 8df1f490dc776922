using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The incident messages: what waits for a person is seen from every page, decided about and closed.</summary>
[Collection(ProductCollection.Name)]
public sealed class IncidentTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Message_ThatAsksAPerson_IsSeen_Read_AndClosed(bool phone)
    {
        var name = "INC-" + Steps.Mark().Replace(' ', '-');
        await SendAsync(name);
        var page = await product.OpenAsync("/", "casey-demo", phone);
        if (phone)
        {
            await page.GotoAsync("/who");
        }

        var link = page.Locator("[data-incidents]").Locator("visible=true");
        await Expect(link.Locator(".n")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await link.ClickAsync();
        await page.ComesToAsync("/incidents$");
        var message = page.Locator("[data-open] article").Filter(new() { HasText = name });
        await Expect(message).ToContainTextAsync("Asks a person");
        await message.GetByText("The message as it came").ClickAsync();
        await Expect(message.Locator("pre")).ToContainTextAsync($"<identifier>{name}</identifier>");
        await Expect(page.Locator("[data-source]").First).ToContainTextAsync("last message");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        // A hold is begun with the incident's reference.
        await Expect(message.GetByRole(AriaRole.Link, new() { Name = "Place a hold…" })).ToHaveAttributeAsync("href", "/holds/new?incident=" + name);
        await message.GetByRole(AriaRole.Button, new() { Name = "Close it…" }).ClickAsync();
        await message.GetByLabel("What was done").FillAsync("Rang the sender");
        await message.GetByRole(AriaRole.Button, new() { Name = "Close it", Exact = true }).ClickAsync();
        await Expect(message).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-all] article").Filter(new() { HasText = name }).Locator("[data-settled]")).ToContainTextAsync("Rang the sender");
        await page.GotoAsync("/holds/new?incident=" + name);
        await Expect(page.GetByLabel("Incident")).ToHaveValueAsync(name);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Holder_HasNoWayThere()
    {
        var page = await product.OpenAsync("/incidents", Product.Holder);
        await Expect(page.GetByText("see incident messages")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-incidents]")).ToHaveCountAsync(0);
    }

    // A place that is on no map: no rule can say where.
    private async Task SendAsync(string name)
    {
        using var control = await product.Service.ClientAsync("fire-control");
        var text = $"""
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{name}</identifier><sender>firecontrol@wmfs.example</sender>
            <sent>{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss}-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
            <info><category>Fire</category><event>Major incident: industrial fire</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
            <area><areaDesc>atlantis</areaDesc><geocode><valueName>WMFS-AREA</valueName><value>atlantis</value></geocode></area></info></alert>
            """;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/cap+xml") } };
        using var answer = await control.PostAsync(new Uri("/api/incidents/cap", UriKind.Relative), content);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }
}
