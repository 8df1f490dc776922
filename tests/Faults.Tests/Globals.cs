global using System.Net;
global using System.Text.Json;
global using System.Text.Json.Nodes;
global using Coordination.Testing;
global using Xunit;

// One world at a time: each is a dozen processes.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
