using System.Globalization;

namespace Coordination.Storage.Embedded;

/// <summary>The private server's configuration files, written afresh at every start.</summary>
internal static class ServerSettings
{
    /// <summary>Only this machine, only with the password.</summary>
    public const string HostAuthentication = """
        # Written at every start.
        host all all 127.0.0.1/32 scram-sha-256

        """;

    /// <summary>The text of <c>postgresql.conf</c>.</summary>
    public static string Configuration(EmbeddedPostgresOptions options, int port) => string.Create(CultureInfo.InvariantCulture, $"""
        # Written at every start; put settings of your own into local.conf beside this file.
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        max_connections = 200
        shared_buffers = {options.SharedBuffersMegabytes}MB
        fsync = {OnOff(options.Durable)}
        full_page_writes = {OnOff(options.Durable)}
        synchronous_commit = {OnOff(options.Durable)}
        # No query of the service runs long enough for compiling it to pay.
        jit = off
        # A commit is one database's; a prepared transaction that nobody ends would hold its locks for ever.
        max_prepared_transactions = 0
        idle_in_transaction_session_timeout = '60s'
        # A client that was cut off must not keep its locks either.
        client_connection_check_interval = '2s'
        tcp_keepalives_idle = 10
        tcp_keepalives_interval = 5
        tcp_keepalives_count = 3
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        # What people write never enters the log: no statements, no parameters, no row details.
        log_statement = 'none'
        log_min_messages = 'warning'
        log_min_error_statement = 'panic'
        log_error_verbosity = 'terse'
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        include_if_exists = 'local.conf'

        """);

    private static string OnOff(bool value) => value ? "on" : "off";
}
