using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The monthly drill from its button to its report; and what is real wins the screen until somebody has seen it.</summary>
[Collection(ProductCollection.Name)]
public sealed class ExerciseTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Drill_GoesFromItsButton_OverItsLine_ToItsReport(bool phone)
    {
        var mark = Steps.Mark();
        var page = await StartAsync(mark, phone);
        await page.GetByRole(AriaRole.Link, new() { Name = "Write the exercise line…" }).ClickAsync();
        await page.ComesToAsync("/exercises/line/");
        await page.LiveAsync();
        await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(1);
        var text = page.GetByLabel("What to say");
        await Expect(text).ToHaveValueAsync("We are dealing with a major incident in Solihull. We will share what is confirmed here as soon as we can.");
        await text.FillAsync("");
        await Expect(page.Locator("[data-platform=x] .txt")).ToHaveTextAsync("EXERCISE –");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish on the exercise network" }).ClickAsync();
        await Expect(page.Locator("main .wrong")).ToContainTextAsync("says nothing");
        await text.FillAsync("We are dealing with it. " + mark);
        await Expect(page.Locator("[data-platform=x] .txt")).ToHaveTextAsync("EXERCISE – We are dealing with it. " + mark);
        await Expect(page.Locator(".meter").First).ToContainTextAsync(new Regex("^.*4[0-9] of "));
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish on the exercise network" }).ClickAsync();
        await page.ComesToAsync("/exercises/file/");
        await page.LiveAsync();
        var line = page.Locator("[data-line]");
        await Expect(line.Locator("[data-sum]")).ToHaveTextAsync(new Regex("^The exercise line: ([0-9]+) of \\1 out$"), new() { Timeout = 30_000 });
        await Expect(line).ToContainTextAsync("EXERCISE – We are dealing with it. " + mark);
        await Expect(page.Locator("[data-time=line-to-first-out]")).Not.ToContainTextAsync("not yet");
        await Expect(page.Locator("[data-time=whole]")).ToContainTextAsync("not yet");

        // It stands on the exercise network, and nowhere else.
        var network = await line.GetByRole(AriaRole.Link, new() { Name = "Look at the exercise network" }).GetAttributeAsync("href");
        using (var anybody = new HttpClient())
        {
            Assert.Contains(mark, await anybody.GetStringAsync(network), StringComparison.Ordinal);
            Assert.DoesNotContain(mark, await anybody.GetStringAsync(new Uri(new Uri(network!), "/")), StringComparison.Ordinal);
        }

        await page.Locator(".proposal").Filter(new() { HasText = new Uri(page.Url).Segments[^1] }).GetByRole(AriaRole.Button, new() { Name = "End the shadow hold" }).ClickAsync();
        await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-times] [data-time]")).ToHaveCountAsync(6);
        await Expect(page.Locator("[data-times]")).Not.ToContainTextAsync("not yet");
        await Expect(page.Locator("[data-drill-report] h2")).ToContainTextAsync("ended");
        await AccessibilityTests.AuditAsync(page);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("[data-print]")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-times]")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WhatIsReal_HasTheScreen_UntilSomebodyHasSeenIt()
    {
        var mark = Steps.Mark();
        var drill = await StartAsync(mark);
        var control = await product.OpenAsync("/tasks", "casey-demo");
        var auditor = await product.OpenAsync("/who", Product.Auditor);
        await Expect(control.Locator(".drill-frame")).ToHaveCountAsync(1);

        // A proposal, and then a hold that a person places.
        using var fire = await product.Service.ClientAsync("fire-control");
        using var comms = await product.Service.ClientAsync("comms-manager");
        var number = "T-" + Guid.NewGuid().ToString("N")[..12];
        var report = new { number, revision = 1, reportedAt = TimeProvider.System.GetUtcNow(), exercise = false, status = "open", typeAtCall = "Factory fire", pumps = 12, areas = new[] { "solihull" } };
        using (var answer = await fire.PostAsJsonAsync("/api/incidents/reports", report))
        {
            answer.EnsureSuccessStatusCode();
        }

        foreach (var page in new[] { drill, control, auditor })
        {
            await Expect(page.Locator("[data-real-first] [data-arrival]")).ToHaveCountAsync(1);
            await Expect(page.Locator("[data-real-first]")).ToContainTextAsync(number);
            await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(0);
        }

        await AccessibilityTests.AuditAsync(control);
        await Expect(auditor.GetByRole(AriaRole.Button, new() { Name = "Seen: back to the exercise" })).ToHaveCountAsync(0);
        await Expect(control.GetByText("An exercise waits")).ToBeVisibleAsync();
        await control.GetByRole(AriaRole.Button, new() { Name = "Seen: back to the exercise" }).ClickAsync();
        foreach (var page in new[] { drill, control, auditor })
        {
            await Expect(page.Locator("[data-real-first]")).ToHaveCountAsync(0);
            await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(1);
            await Expect(page.Locator("[data-seen]")).ToContainTextAsync("seen by Casey Demo");
            await Expect(page.Locator(".proposal").Filter(new() { HasText = number })).ToHaveCountAsync(1);
        }

        var hold = await comms.SendAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_bickenhill" } }, reason = "Taken over " + mark });
        await Expect(auditor.Locator("[data-real-first]")).ToContainTextAsync("Taken over " + mark);
        await Expect(control.Locator(".drill-frame")).ToHaveCountAsync(0);

        // A page that is opened anew knows no other.
        await control.ReloadAsync();
        await control.LiveAsync();
        await Expect(control.Locator("[data-real-first] [data-arrival]")).ToHaveCountAsync(1);
        await drill.GetByRole(AriaRole.Button, new() { Name = "Seen: back to the exercise" }).ClickAsync();
        await Expect(control.Locator(".drill-frame")).ToHaveCountAsync(1);
        await Expect(control.Locator("[data-seen]")).ToHaveCountAsync(2);
        await Expect(drill.Locator("[data-steps]")).ToContainTextAsync("Rowan Demo");
        await Expect(drill.Locator("[data-steps]")).ToContainTextAsync(hold);
        await AccessibilityTests.AuditAsync(drill);

        await comms.SendAsync($"/api/holds/{hold}/lift", new { reason = "The test is over" });
        var proposal = drill.Locator(".proposal").Filter(new() { HasText = number });
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Veto…" }).ClickAsync();
        await proposal.GetByLabel("Why not").FillAsync("The test is over");
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Veto", Exact = true }).ClickAsync();
        await drill.Locator(".proposal").Filter(new() { HasText = new Uri(drill.Url).Segments[^1] }).GetByRole(AriaRole.Button, new() { Name = "End the shadow hold" }).ClickAsync();
        await Expect(control.Locator(".drill-frame")).ToHaveCountAsync(0);
    }

    private async Task<IPage> StartAsync(string mark, bool phone = false)
    {
        var page = await product.OpenAsync("/incidents/new?drill=true", phone: phone);
        await page.LiveAsync();
        await Expect(page.GetByLabel("What it is")).ToHaveValueAsync("Monthly drill");
        await page.GetByLabel("What it is").FillAsync("Drill " + mark);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Area" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Solihull" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the drill" }).ClickAsync();
        await page.ComesToAsync("/exercises/file/");
        await page.LiveAsync();
        await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(1);
        return page;
    }
}
