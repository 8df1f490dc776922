using Coordination.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(FastPostgresFixture))]
