using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coordination.Testing;

namespace Coordination.Browser.Tests.Hostile;

/// <summary>Puts what a script would need to get into a page into every text that people and other systems can write.</summary>
internal sealed class HostileTexts(RunningService service)
{
    /// <summary>Ends a quotation, an attribute, an element and a script, and would call in four ways.</summary>
    public const string Payload = "'\"></script></textarea><img src=x onerror=\"window.owned=1\"><svg onload=window.owned=1><script>window.owned=1</script><a href=\"javascript:window.owned=1\">x</a>";

    /// <summary>What tells that a page shows one.</summary>
    public const string Trace = "onerror=\"window.owned=1\"";

    // For fields of 60 characters.
    private const string Short = "\"><img src=x onerror=\"window.owned=1\"><svg onload=owned=1>";

    private const string Account = "x/demo_wmfs_bilston";

    /// <summary>Writes them all; each must be taken, so that none is missing unnoticed.</summary>
    public async Task WriteAsync()
    {
        using var comms = await service.ClientAsync("comms-manager");
        using var officer = await service.ClientAsync("comms-officer");
        using var control = await service.ClientAsync("fire-control");
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

        await ImportAsync(comms);
        await comms.SendAsync($"/api/accounts/{Account}/contact", new { name = Short, email = "contact@example.org", phone = "0121 496 0001", deputies = new[] { new { name = Short } } });
        await comms.SendAsync("/api/holds", new { kind = "centralCoordination", scope = new { stations = new[] { "bilston" } }, reason = Payload, incident = Short });
        await comms.SendAsync("/api/messages", new { text = "Test your smoke alarm. " + Payload, accounts = new[] { "facebook/demo_wmfs_bilston" }, dueAt = tomorrow });
        await PutAsync(comms, "/api/templates/hostile", new { name = Short, text = Payload.Replace("{", "", StringComparison.Ordinal), hint = Short });
        await PutAsync(comms, "/api/scopes/hostile", new { name = Short, scope = new { stations = new[] { "bilston" } } });
        await PutAsync(comms, $"/api/drafts/{Guid.NewGuid()}", new { text = Payload, accounts = new[] { "facebook/demo_wmfs_bilston" }, topic = "incident", incident = Short });
        await comms.SendAsync("/api/tasks", new { account = "facebook/demo_wmfs_bilston", kind = "profile", what = Payload });
        var done = await comms.SendAsync("/api/tasks", new { account = "facebook/demo_wmfs_bilston", kind = "profile", what = Payload });
        await comms.SendAsync($"/api/tasks/{done}/done", new { note = Payload });
        await PutAsync(comms, $"/api/rota/shifts/{Guid.NewGuid()}", new { role = "duty-officer", name = Short, phone = "0121 496 0003", from = tomorrow.AddDays(-1), to = tomorrow });
        await officer.SendAsync("/api/requests", new { kind = "close", account = "facebook/demo_wmfs_bilston", owner = "brigade", why = Payload });
        await comms.SendAsync("/api/repeats", new { text = "Test your smoke alarm. " + Payload, accounts = new[] { "facebook/demo_wmfs_bilston" }, rule = "FREQ=DAILY;COUNT=2", first = tomorrow.ToString("yyyy-MM-dd'T'12:00", CultureInfo.InvariantCulture) });
        using var export = await comms.PostAsync("/api/journal/export?account=" + Uri.EscapeDataString(Account) + "&reason=" + Uri.EscapeDataString(Payload), null);
        Assert.True(export.IsSuccessStatusCode);
        await control.SendAsync("/api/incidents/reports", Report());
        await AlertAsync(control);
        await comms.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "dudley" } }, reason = Payload });
    }

    private static object Report() => new
    {
        number = "HOSTILE-2", revision = 1, reportedAt = TimeProvider.System.GetUtcNow(), exercise = false, status = "open", typeAtCall = Short, category = Short, priority = Short,
        headline = Payload, openedAt = TimeProvider.System.GetUtcNow(), pumps = 2, place = Payload, areas = new[] { "dudley" }, overTheBorder = false, leadAgency = "fire",
    };

    private static async Task AlertAsync(HttpClient control)
    {
        var text = System.Security.SecurityElement.Escape(Payload);
        var alert = $"""
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>HOSTILE-1</identifier><sender>fire-control@demo.wmfs.example</sender><sent>{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss}+00:00</sent>
            <status>Actual</status><msgType>Alert</msgType><scope>Public</scope><note>{text}</note>
            <info><category>Fire</category><event>{text}</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><senderName>{text}</senderName><headline>{text}</headline>
            <description>{text}</description><instruction>{text}</instruction><contact>{text}</contact><area><areaDesc>{text}</areaDesc></area></info></alert>
            """;
        using var content = new StringContent(alert, Encoding.UTF8, "application/cap+xml");
        using var answer = await control.PostAsync("/api/incidents/cap", content);
        Assert.True((int)answer.StatusCode is >= 200 and < 300, await answer.Content.ReadAsStringAsync());
    }

    private static async Task ImportAsync(HttpClient comms)
    {
        var quoted = "\"" + Short.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        var csv = "platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone\n"
            + $"facebook,demo_hostile,local,wolverhampton,bilston,,{quoted},{quoted},contact@example.org,0121 496 0001\n";
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var answer = await comms.PostAsync("/api/accounts/import", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var result = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(1, result["registered"]!.GetValue<int>());
    }

    private static async Task PutAsync(HttpClient api, string path, object body)
    {
        using var answer = await api.PutAsJsonAsync(path, body, JsonSerializerOptions.Web);
        Assert.True(answer.IsSuccessStatusCode, path + " " + await answer.Content.ReadAsStringAsync());
    }
}
