#!/bin/sh
# Installs headers, libraries, pkg-config and CMake files of a built duebill below a prefix.
#   cargo build --release -p duebill-ffi && ffi/install/install.sh /usr/local [directory of the built libraries]
set -eu

if [ $# -lt 1 ]; then
    echo "usage: install.sh PREFIX [BUILT]    (BUILT: where libduebill.so and libduebill.a are; target/release)" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
prefix=$1
built=${2:-$root/target/release}

# The header is the one place that both numbers are read from.
version=$(sed -n 's/^#define DUEBILL_VERSION "\(.*\)"$/\1/p' "$root/include/duebill.h")
abi=$(sed -n 's/^#define DUEBILL_ABI_VERSION \([0-9]*\)$/\1/p' "$root/include/duebill.h")

case $(uname) in
    Darwin) plain=libduebill.dylib; named=libduebill.$abi.dylib ;;
    *) plain=libduebill.so; named=libduebill.so.$abi ;;
esac

mkdir -p "$prefix/include" "$prefix/lib/pkgconfig" "$prefix/lib/cmake/duebill"
prefix=$(cd "$prefix" && pwd)
install -m 644 "$root/include/duebill.h" "$root/include/duebill.hpp" "$prefix/include/"
install -m 755 "$built/$plain" "$prefix/lib/$named"
ln -sf "$named" "$prefix/lib/$plain"
install -m 644 "$built/libduebill.a" "$prefix/lib/"

fill() {
    sed -e "s|@PREFIX@|$prefix|" -e "s|@VERSION@|$version|" -e "s|@SHARED@|$named|" "$here/$1" > "$2"
}
fill duebill.pc.in "$prefix/lib/pkgconfig/duebill.pc"
fill duebillConfig.cmake.in "$prefix/lib/cmake/duebill/duebillConfig.cmake"
fill duebillConfigVersion.cmake.in "$prefix/lib/cmake/duebill/duebillConfigVersion.cmake"
