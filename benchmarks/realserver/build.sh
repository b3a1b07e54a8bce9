#!/usr/bin/env bash
# Builds llama.cpp's own server and a model that talks gibberish, into .bench/llama. It needs a C++ compiler.
# With LLAMA_SERVER=/path/to/llama-server that one is taken and none is built.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=benchmarks/realserver
out=.bench/llama
mkdir -p $out

pip() { $out/venv/bin/python -m pip --disable-pip-version-check "$@"; }

[[ -x $out/venv/bin/python ]] || .venv/bin/python -m venv $out/venv
pip install -qq -r $here/requirements.txt

if [[ -n ${LLAMA_SERVER:-} ]]; then
    ln -sf "$LLAMA_SERVER" $out/llama-server
elif [[ ! -x $out/llama-server ]]; then
    echo "Building llama-server (once, a quarter of an hour of one core)." >&2
    pip download -qq --no-deps --no-binary :all: --require-hashes -d $out -r $here/source.txt
    rm -rf $out/source $out/build
    mkdir $out/source
    tar xzf $out/llama_cpp_python-*.tar.gz -C $out/source --strip-components 1
    # Whatever it would download, and what only its other programs need, is off.
    $out/venv/bin/cmake -G Ninja -S $out/source/vendor/llama.cpp -B $out/build \
        -DCMAKE_MAKE_PROGRAM="$PWD/$out/venv/bin/ninja" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
        -DLLAMA_BUILD_SERVER=ON -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
        -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF >$out/build.log
    nice $out/venv/bin/ninja -C $out/build llama-server >>$out/build.log
    ln -sf build/bin/llama-server $out/llama-server
fi
$out/venv/bin/python $here/make_gguf.py $out/gibberish.gguf
