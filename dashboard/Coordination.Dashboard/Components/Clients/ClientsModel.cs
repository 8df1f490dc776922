using Coordination.Dashboard.Clients;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Dashboard.Components.Clients;

/// <summary>The list of API clients, what is being done to one, and a token that was just made.</summary>
public sealed class ClientsModel(IClientDesk desk, IStaffStore staff)
{
    /// <summary>The clients that are seen; null before they were read.</summary>
    public IReadOnlyList<ApiClient>? Rows { get; private set; }

    /// <summary>Who can answer for one, by name.</summary>
    public IReadOnlyList<StaffMember> Staff { get; private set; } = [];

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Carries the wishes out.</summary>
    public WishRunner Wishes { get; } = new();

    /// <summary>A token that was just made, and of which client; shown until it is put away.</summary>
    public (string Token, ApiClient Client)? Shown { get; private set; }

    /// <summary>Reads the list.</summary>
    public async Task LoadAsync(Actor me, CancellationToken cancellationToken)
    {
        try
        {
            Rows = await desk.AllAsync(me, cancellationToken);
            if (me.MayOnceFresh(Permission.ManageClients))
            {
                Staff = [.. (await staff.AllAsync(cancellationToken)).Where(s => s.Active)];
            }

            Problem = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>Puts the shown token away.</summary>
    public void PutAway() => Shown = null;

    /// <summary>Makes what is typed.</summary>
    /// <returns>Whether it is made.</returns>
    public Task<bool> MakeAsync(ClientForm form, Actor me, CancellationToken cancellationToken)
    {
        var wish = form.Wish(Staff.FirstOrDefault(s => string.Equals(s.Id, form.Owner, StringComparison.Ordinal)));
        return DoAsync("make/" + wish.Name, id => desk.MakeAsync(id, wish, me, byToken: false, cancellationToken), me, cancellationToken);
    }

    /// <summary>Makes one more token of a client.</summary>
    /// <returns>Whether it is made.</returns>
    public Task<bool> AddTokenAsync(ApiClient client, int days, string reason, Actor me, CancellationToken cancellationToken) =>
        DoAsync("token/" + client.Id, id => desk.AddTokenAsync(client.Id, id, days, reason, me, byToken: false, cancellationToken), me, cancellationToken);

    /// <summary>Revokes a token.</summary>
    /// <returns>Whether it is revoked.</returns>
    public Task<bool> RevokeAsync(ApiClient client, Guid token, string reason, Actor me, CancellationToken cancellationToken) =>
        DoAsync("revoke/" + token, _ => desk.RevokeAsync(client.Id, token, reason, me, cancellationToken), me, cancellationToken);

    /// <summary>Ends a client.</summary>
    /// <returns>Whether it is ended.</returns>
    public Task<bool> EndAsync(ApiClient client, string reason, Actor me, CancellationToken cancellationToken) =>
        DoAsync("end/" + client.Id, _ => desk.EndAsync(client.Id, reason, me, cancellationToken), me, cancellationToken);

    private async Task<bool> DoAsync(string what, Func<Guid, Task<ClientAnswer>> wish, Actor me, CancellationToken cancellationToken)
    {
        var done = await Wishes.RunAsync(what, async id =>
        {
            var answer = await wish(id);
            Shown = answer is { Token: { } token, Client: { } client } ? (token, client) : Shown;
            return answer.Refusal;
        });
        await LoadAsync(me, cancellationToken);
        return done;
    }
}
