namespace Coordination.Dashboard.Components.Incidents;

/// <summary>Addresses of incidents.</summary>
public static class IncidentLinks
{
    /// <summary>The page of an incident. A number has nothing that an address would have to escape.</summary>
    public static string File(string number, bool exercise) => $"/{(exercise ? "exercises" : "incidents")}/file/{number}";

    /// <summary>Where a change of an incident is reported.</summary>
    public static string Change(string number, bool exercise) => $"/incidents/new?number={Uri.EscapeDataString(number)}{(exercise ? "&exercise=true" : "")}";
}
