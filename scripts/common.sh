# What the start, test and benchmark scripts share. Source it; it changes into no folder and prints only to stderr.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
configuration=Release
binaries=$root/artifacts/bin

say() { printf '%s\n' "$*" >&2; }

# One line, then the end. The second argument is the exit code: 2 for a wrong argument.
fail() {
    say "$1"
    exit "${2:-1}"
}

# A service account may have no home, or one it may not write to; .NET wants a place for its packages all the same.
ensure_home() {
    if [[ -z ${HOME:-} || ! -d $HOME || ! -w $HOME ]]; then
        export HOME=$root/artifacts/home
        mkdir -p "$HOME" 2>/dev/null && [[ -w $HOME ]] || fail "No home folder can be written, and $root/artifacts neither: make one of them writable."
        export DOTNET_CLI_HOME=$HOME NUGET_PACKAGES=${NUGET_PACKAGES:-$HOME/packages}
    fi
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    # Nothing of a build stays behind when the script ends (its compiler: see build).
    export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
}

ensure_dotnet() {
    local hint="The .NET 10 SDK is needed: install the package dotnet-sdk-10.0 (how: https://learn.microsoft.com/dotnet/core/install/linux)"
    local place
    for place in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
        if ! command -v dotnet >/dev/null && [[ -n $place && -x $place/dotnet ]]; then
            PATH=$place:$PATH
        fi
    done
    command -v dotnet >/dev/null || fail "$hint, then start again."
    (cd -- "$root" && dotnet --version >/dev/null 2>&1) \
        || fail "$hint: the installed one does not satisfy global.json ($(cd / && dotnet --list-sdks 2>/dev/null | tr '\n' ' ' || true))."
    # The built programs look for the runtime by this where it lies in an unusual place.
    place=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
    if [[ -z ${DOTNET_ROOT:-} && -d $place/host/fxr ]]; then
        export DOTNET_ROOT=$place
    fi
}

# Installs distribution packages; false where that can't be done. What apt says is shown only when it fails.
install_packages() {
    local -a as_root=()
    command -v apt-get >/dev/null || return 1
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
        timeout 900 apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold)
    say "Installing $*..."
    local log
    log=$(mktemp)
    if "${apt[@]}" install --no-install-recommends "$@" </dev/null >"$log" 2>&1 \
        || { "${apt[@]}" update </dev/null >>"$log" 2>&1 \
            && "${apt[@]}" install --no-install-recommends "$@" </dev/null >>"$log" 2>&1; }; then
        rm -f -- "$log"
        return 0
    fi
    tail -n 5 -- "$log" >&2
    rm -f -- "$log"
    return 1
}

# Proofs are printed with a font of the machine's; without one they can be taken as JSON alone.
ensure_font() {
    compgen -G '/usr/share/fonts/*/dejavu*/DejaVuSans-Bold.ttf' >/dev/null || compgen -G '/usr/share/fonts/*/liberation*/LiberationSans-Bold.ttf' >/dev/null \
        || install_packages fonts-dejavu-core || say "No font and it can't be installed (fonts-dejavu-core): a hold's proof can be taken as JSON, not as PDF."
}

# Whether a server of version 15 or later is installed, where the service itself looks.
have_postgres() {
    local place version
    while IFS= read -r place; do
        [[ -x $place/initdb && -x $place/pg_ctl && -x $place/postgres ]] || continue
        version=$("$place/postgres" --version 2>/dev/null | sed -n 's/^.*(PostgreSQL) \([0-9]\{1,\}\).*$/\1/p')
        if [[ -n $version && $version -ge 15 ]]; then
            return 0
        fi
    done < <(tr ':' '\n' <<<"$PATH"; compgen -G '/usr/lib/postgresql/*/bin'; compgen -G '/usr/pgsql-*/bin'; echo /usr/local/pgsql/bin)
    return 1
}

ensure_postgres() {
    have_postgres && return 0
    # Debian's package makes and starts a server of its own, which nobody here wants.
    local settings=/etc/postgresql-common/createcluster.conf
    if [[ ! -e $settings && $(id -u) == 0 ]]; then
        mkdir -p "${settings%/*}" && printf 'create_main_cluster = false\n' >"$settings"
    fi
    install_packages postgresql || true
    have_postgres || fail "PostgreSQL 15 or later is needed: install the package 'postgresql' (Debian, Ubuntu: apt-get install postgresql)${1:-}, then start again."
}

# Ends the compiler that a build started under this name.
end_compiler() {
    local found
    while IFS= read -r found; do
        found=${found#/proc/}
        kill -- "${found%/cmdline}" 2>/dev/null || true
    done < <(grep -slz -- "[-]pipename:$1\$" /proc/[0-9]*/cmdline)
}

# Builds in one configuration what the arguments name. Quiet; a failure shows its errors.
build() {
    local log=$root/artifacts/build.log
    mkdir -p "$root/artifacts"
    (
        # Two builds at once would write the same files.
        if command -v flock >/dev/null; then
            exec 9>"$root/artifacts/build.lock"
            flock 9
        fi
        : >"$log"
        # One compiler for all projects, which is warm after the first: half the time. It is this build's own, and ends with it.
        local what compiler=wmfs-$BASHPID-$RANDOM
        trap 'end_compiler "$compiler"' EXIT
        for what in "$@"; do
            (cd -- "$root" && dotnet build "$what" -c "$configuration" --nologo -v minimal -tl:off \
                -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler") </dev/null >>"$log" 2>&1 || exit 1
        done
    ) || {
        say "The build failed:"
        grep -E '(: |^)(error|fatal)' -- "$log" | sort -u | head -n 40 >&2 || tail -n 20 -- "$log" >&2
        fail "All of it is in $log."
    }
}
