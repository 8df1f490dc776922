namespace Coordination.Dashboard.SignIn;

/// <summary>Marks a page that everybody who is signed in may see, also those whose role sees nothing else of the service.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ForEverybodyAttribute : Attribute;
